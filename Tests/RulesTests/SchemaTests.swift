import Foundation
import Matching
import Records
import Testing

@testable import Rules

@Suite("rules/schema.json")
struct SchemaTests {
    let definitions: [String: [String: Any]]

    init() throws {
        let bytes = try Data(contentsOf: Books.folder.appending(path: "schema.json"))
        let schema = try #require(JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    }

    private func properties(_ section: String) throws -> [String: [String: Any]] {
        try #require(definitions[section]?["properties"] as? [String: [String: Any]])
    }

    @Test("has exactly the keys that the reader knows", arguments: RuleKeys.sections)
    func keys(_ keys: RuleKeys) throws {
        let definition = try #require(definitions[keys.section])
        #expect(try properties(keys.section).keys.sorted() == keys.all.sorted())
        #expect((definition["required"] as? [String] ?? []).sorted() == keys.required.sorted())
        #expect(definition["additionalProperties"] as? Bool == false)
    }

    @Test("describes no section that the reader does not know")
    func sections() {
        let sections = definitions.filter { $0.value["properties"] != nil }.keys.sorted()
        #expect(sections == RuleKeys.sections.map(\.section).sorted())
    }

    @Test("explains every key")
    func descriptions() throws {
        for keys in RuleKeys.sections {
            for (key, property) in try properties(keys.section) {
                let target = (property["$ref"] as? String).flatMap {
                    definitions[String($0.dropFirst("#/$defs/".count))]
                }
                let description = property["description"] as? String ?? target?["description"] as? String
                #expect(description?.isEmpty == false, "\(keys.section).\(key)")
            }
        }
    }

    @Test("allows exactly the names that the reader allows")
    func names() throws {
        func allowed(_ section: String, _ key: String) throws -> [String] {
            try #require(properties(section)[key]?["enum"] as? [Any]).compactMap { $0 as? String }.sorted()
        }
        #expect(try allowed("field", "type") == FieldKind.allCases.map(\.rawValue).sorted())
        #expect(try allowed("field", "date_order") == DateOrder.allCases.map(\.rawValue).sorted())
        let twoPeople = try properties("approvals")["two_people"]?["items"] as? [String: Any]
        #expect(
            (twoPeople?["enum"] as? [String])?.sorted() == ApprovalPlan.Danger.allCases.map(\.rawValue).sorted())
        #expect(try allowed("source", "role") == SourceProfile.Role.allCases.map(\.rawValue).sorted())
        #expect(try allowed("check", "severity") == (Severity.allCases.map(\.rawValue) + ["off"]).sorted())
        #expect(try allowed("match", "link") == MatchPlan.Link.allCases.map(\.rawValue).sorted())
        #expect(try allowed("match", "model") == MatchPlan.Model.allCases.map(\.rawValue).sorted())
        #expect(try allowed("match", "levels") == MatchPlan.Levels.allCases.map(\.rawValue).sorted())
        #expect(try allowed("comparison", "role") == MatchPlan.Role.allCases.map(\.rawValue).sorted())
        let comparators = try #require(definitions["comparator"]?["enum"] as? [String])
        #expect(comparators.sorted() == Vocabulary.standard.comparators.keys.sorted())
        let rules = try #require((definitions["survivorship_rules"]?["items"] as? [String: Any])?["enum"] as? [String])
        #expect(rules.sorted() == Vocabulary.standard.survivorshipRules.sorted())
        let encodings = try #require(properties("source")["encoding"]?["examples"] as? [String])
        #expect(encodings == ["auto"] + Encodings.names)
    }
}
