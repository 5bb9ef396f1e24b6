import Records

/// A fitted model in a file of its own, in the form in which `run.json` holds it: `--model` reads either.
package enum ModelFile {
    package static func document(_ facts: RunFacts) -> JSON {
        .object([
            ("schema", .integer(RunJSON.schemaVersion)),
            ("tool", .object([("name", .string("qingku")), ("version", .string(facts.toolVersion))])),
            ("rules", .object([("file", .string(facts.rulesFile)), ("sha256", .string(facts.rulesSHA256))])),
            ("matching", facts.matching.map(RunJSON.matching) ?? .null),
        ])
    }
}
