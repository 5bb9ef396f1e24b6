import Foundation
import Testing

/// `explain PERSON`, from outside.
@Suite struct ProvenanceCommandTests {
    /// Two exports of three persons, cleaned with decisions alone, so that nothing of the output depends on a model.
    private func withRegister(_ body: (String) throws -> Void) throws {
        try withFolder { folder in
            try """
            registry: sample
            purpose: a test
            sources:
              town:
                file: town.csv
                record_id: id
                trust: 2
                fields: { name: name, birth_date: born, phone: phone }
              clinic:
                file: clinic.csv
                record_id: nr
                trust: 1
                fields: { name: xm, birth_date: csrq, phone: tel }
            fields:
              name: { type: person_name, required: true }
              birth_date: { type: date }
              phone: { type: phone }
            match:
              block: [[phone], [name]]
              compare: { name: person_name, birth_date: date, phone: phone }
              decide: { merge: off, review: 0.999999 }
            survivorship:
              default: [valid, trust]

            """.write(toFile: folder + "/rules.yaml", atomically: true, encoding: .utf8)
            try "id,name,born,phone\nT1,José  Ruiz,1985-03-07,13800138000\nT2,王芳,1990-01-02,\n".write(
                toFile: folder + "/town.csv", atomically: true, encoding: .utf8)
            try "nr,xm,csrq,tel\nC1,Jose Ruiz,19850308,138 0013 8000\nC2,李强,不详,13900139000\n".write(
                toFile: folder + "/clinic.csv", atomically: true, encoding: .utf8)
            try ok(["clean", "rules.yaml", "--workspace", "w"], folder)
            try body(folder)
        }
    }

    @discardableResult
    private func ok(_ arguments: [String], _ folder: String) throws -> String {
        let result = try Tool.run(arguments, in: folder)
        #expect(result.status == 0 || result.status == 1, "\(result.errors)")
        return result.output
    }

    /// Days and users differ from test to test.
    private func steady(_ text: String) -> String {
        text.replacing(/\d{4}-\d{2}-\d{2} by [^ )]+/, with: "DAY by USER").replacing(
            /\d{4}-\d{2}-\d{2} made/, with: "DAY made"
        ).replacing(/on \d{4}-\d{2}-\d{2}/, with: "on DAY")
    }

    private func merge(_ folder: String) throws {
        try ok(
            ["decide", "same", "T1", "C1", "--reason", "same card", "--by", "li", "--workspace", "w"], folder)
    }

    @Test func `a cell is taken back to the text that was delivered`() throws {
        try withRegister { folder in
            try merge(folder)
            let result = try Tool.run(
                ["explain", "P00000001", "birth_date", "--workspace", "w", "--language", "en"], in: folder)
            #expect(result.status == 0)
            #expect(result.errors == "")
            #expect(
                steady(result.output) == """
                    P00000001, 2 records, as run 2 of DAY made it

                    Records
                      1  town T1    town.csv, line 2 (byte 19)    batch 1, imported DAY by USER (event 3)
                      2  clinic C1  clinic.csv, line 2 (byte 15)  batch 2, imported DAY by USER (event 4)

                    What makes them one person
                      1 and 2  li decided on DAY: one person, “same card” (event 9)
                      1 and 2  the score alone, probability 96.81 %, met by phone

                    birth_date: 1985-03-07
                      “trust”: the source with the highest trust
                        1  born “1985-03-07”
                      not “1985-03-08”: lost to “trust” (the source with the highest trust)
                        2  born “19850308” → “1985-03-08” (date)
                           warning, linked-values-differ: birth_date is “19850308”, and the same person's record T1 of town \
                    has “1985-03-07”; look both up [one digit differs, by the key beside it, the data do not tell which of the \
                    two is wrong]

                    """)
        }
    }

    @Test func `a retired number leads to the person that has its records`() throws {
        try withRegister { folder in
            try merge(folder)
            let result = try Tool.run(["explain", "P00000003", "--workspace", "w", "--language", "en"], in: folder)
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.output.contains("P00000003 is retired since run 2; its records are those of P00000001."))
            let before = try Tool.run(
                ["explain", "P00000003", "--workspace", "w", "--run", "1", "--language", "zh"], in: folder)
            #expect(before.output.hasPrefix("P00000003，共 1 条记录，依据"))
            #expect(before.output.contains("第 1 次运行，不是最新的运行"))
        }
    }

    @Test func `what nobody knows ends with status 3 and the nearest names`() throws {
        try withRegister { folder in
            let person = try Tool.run(["explain", "P00000011", "--workspace", "w", "--language", "en"], in: folder)
            #expect(person.status == 3)
            #expect(
                person.errors == """
                    there is no person “P00000011” in run 1 [E-PRV-001]
                      The nearest are: P00000001.

                    """)
            let field = try Tool.run(
                ["explain", "P00000001", "birthdate", "--workspace", "w", "--language", "zh"], in: folder)
            #expect(field.status == 3)
            #expect(field.errors == "没有名为“birthdate”的字段 [E-PRV-002]\n  最接近的有：birth_date。\n")
            let run = try Tool.run(["explain", "P00000001", "--workspace", "w", "--run", "9"], in: folder)
            #expect(run.status == 3)
            #expect(run.errors.contains("E-RPL-001"))
            #expect(try Tool.run(["explain", "P00000001"], in: folder).status == 64)
            #expect(try Tool.run(["explain", "T1", "C1", "--workspace", "w", "--prov"], in: folder).status == 64)
        }
    }

    @Test func `JSON tells of a word of a person, and of what stood there before`() throws {
        try withRegister { folder in
            try merge(folder)
            try ok(
                [
                    "override", "P00000001", "birth_date", "1985-03-09", "--reason", "passport", "--by", "li",
                    "--workspace", "w",
                ], folder)
            let text = try ok(["explain", "P00000001", "birth_date", "--workspace", "w", "--json"], folder)
            let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            #expect(
                Set(document.keys) == ["schema", "person_id", "retired", "run", "records", "pairs", "cells", "notes"])
            let cell = try #require((document["cells"] as? [[String: Any]])?.first)
            let basis = try #require(cell["basis"] as? [String: Any])
            #expect(basis["kind"] as? String == "override")
            #expect(basis["former"] as? String == "1985-03-07")
            #expect(basis["by"] as? String == "li")
            #expect(cell["value"] as? String == "1985-03-09")
            let against = try #require(cell["against"] as? [[String: Any]])
            #expect(against.compactMap { $0["value"] as? String } == ["1985-03-07", "1985-03-08"])
            try checkProv(try ok(["explain", "P00000001", "--workspace", "w", "--prov"], folder), hasOverride: true)
            try checkProv(try ok(["explain", "P00000003", "--workspace", "w", "--prov"], folder), hasOverride: true)
        }
    }

    /// The structure of PROV-JSON: names of declared prefixes, relations between records that are there.
    private func checkProv(_ text: String, hasOverride: Bool) throws {
        let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [String: Any]])
        let prefixes = Set(try #require(document["prefix"]).keys)
        let roles: [String: [String: String]] = [
            "used": ["prov:activity": "activity", "prov:entity": "entity"],
            "wasGeneratedBy": ["prov:entity": "entity", "prov:activity": "activity"],
            "wasDerivedFrom": [
                "prov:generatedEntity": "entity", "prov:usedEntity": "entity", "prov:activity": "activity",
            ],
            "wasAssociatedWith": ["prov:activity": "activity", "prov:agent": "agent"],
            "wasAttributedTo": ["prov:entity": "entity", "prov:agent": "agent"],
            "wasInvalidatedBy": ["prov:entity": "entity", "prov:activity": "activity"],
        ]
        func isQualified(_ name: String) -> Bool {
            let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
            return parts.count == 2 && prefixes.contains(parts[0])
                && parts[1].wholeMatch(of: /([A-Za-z0-9_-]|%[0-9A-F]{2})+/) != nil
        }
        func checkAttributes(_ attributes: [String: Any]) {
            for (name, value) in attributes {
                #expect(isQualified(name), "\(name)")
                guard let typed = value as? [String: String] else { continue }
                #expect(Set(typed.keys) == ["$", "type"])
                #expect(prefixes.contains(String(typed["type", default: ""].prefix { $0 != ":" })))
                if typed["type"] == "xsd:QName" { #expect(isQualified(typed["$", default: ""])) }
            }
        }
        var generated: [String: Int] = [:]
        for (kind, records) in document where kind != "prefix" {
            for (id, record) in records {
                let attributes = try #require(record as? [String: Any])
                guard let parts = roles[kind] else {
                    #expect(["entity", "activity", "agent"].contains(kind), "\(kind)")
                    #expect(isQualified(id), "\(id)")
                    checkAttributes(attributes)
                    continue
                }
                #expect(id.hasPrefix("_:"))
                for (role, target) in parts {
                    guard let name = attributes[role] as? String else {
                        #expect(kind == "wasDerivedFrom" && role == "prov:activity", "\(kind) \(id)")
                        continue
                    }
                    #expect(document[target]?[name] != nil, "\(kind) \(name)")
                    if kind == "wasGeneratedBy", role == "prov:entity" { generated[name, default: 0] += 1 }
                }
                checkAttributes(attributes.filter { parts[$0.key] == nil && $0.key != "prov:time" })
            }
        }
        // PROV-CONSTRAINTS: one generation of an entity.
        #expect(generated.values.allSatisfy { $0 == 1 })
        #expect((document["wasInvalidatedBy"] != nil) == hasOverride)
    }

    @Test func `two records whose ids look like a person's are still a pair`() throws {
        try withFolder { folder in
            try
                "registry: r\npurpose: t\nsources:\n  a: { file: a.csv, record_id: id, fields: { name: name } }\nfields: { name: { type: person_name } }\nmatch: { block: [[name]], compare: { name: person_name } }\n"
                .write(toFile: folder + "/r.yaml", atomically: true, encoding: .utf8)
            try "id,name\nP1,王芳\nP2,李强\n".write(toFile: folder + "/a.csv", atomically: true, encoding: .utf8)
            try ok(["clean", "r.yaml", "--workspace", "w"], folder)
            let pair = try Tool.run(["explain", "P1", "P2", "--workspace", "w", "--language", "en"], in: folder)
            #expect(pair.status == 0, "\(pair.errors)")
            #expect(pair.output.hasPrefix("a P1 and a P2\n"))
            let person = try Tool.run(["explain", "P1", "--workspace", "w", "--language", "en"], in: folder)
            #expect(person.output.hasPrefix("P00000001, 1 record, as run 1"))
        }
    }
}
