import Foundation
package import Records

/// A fitted model in a file of its own, in the form in which `run.json` holds it: `--model` reads either.
package enum ModelFile {
    /// Replaces the file in one step.
    package static func write(_ facts: RunFacts, to path: String) throws {
        do {
            try Data(document(facts).text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw Failure(
                .storage, code: "E-OUT-005",
                Text(en: "the model cannot be written here", zh: "无法在此写入模型"), at: Place(file: path),
                advice: Text(en: "Choose a folder that exists and may be written to.", zh: "请选择存在且可写的文件夹。"))
        }
    }

    package static func document(_ facts: RunFacts) -> JSON {
        .object([
            ("schema", .integer(RunJSON.schemaVersion)),
            ("tool", .object([("name", .string("qingku")), ("version", .string(facts.toolVersion))])),
            ("rules", .object([("file", .string(facts.rulesFile)), ("sha256", .string(facts.rulesSHA256))])),
            ("matching", facts.matching.map(RunJSON.matching) ?? .null),
        ])
    }
}
