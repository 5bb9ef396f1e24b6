import Foundation
import Glibc
import Testing

/// What is taken out of use or out of the workspace, from outside: a register of two offices with planted persons.
@Suite struct ErasureTests {
    private static let rules = """
        registry: Planted register
        purpose: Test erasure
        sources:
          north:
            record_id: id
            as_of: 2026-11-01
            fields: { name: name, id_number: idn, born: born, phone: phone, mail: mail, addr: addr }
          south:
            as_of: 2026-11-01
            encoding: gb18030
            fields: { name: name, id_number: idn, born: born, phone: phone, mail: mail, addr: addr }
        fields:
          name: { type: person_name, required: true }
          id_number: { type: resident_id }
          born: { type: date }
          phone: { type: phone }
          mail: { type: email }
          addr: { type: address }
        match:
          block: [[id_number], [name, born]]
          compare: { name: person_name, id_number: resident_id, born: date, phone: phone }

        """

    /// Of one planted person: everything that may lie about, and must not.
    private struct Planted {
        let number: Int

        var northID: String { "NORTH-X\(70_000 + number)" }
        var name: String { ["欧阳麒麟", "司马鹓鶵", "上官饕餮", "诸葛貔貅", "东方螭吻"][number] }
        var idNumber: String {
            [
                "510104195002301234", "110101196013017777", "330106197102308888", "410181198113019999",
                "440103199202305555",
            ][number]
        }
        var phone: String { "1380013\(8000 + number)" }
        var newPhone: String { "1390013\(9000 + number)" }
        var southPhone: String { "1370013\(7000 + number)" }
        var mail: String { "planted\(number)x@example.org" }
        var address: String { "成都市锦江区隐秘街\(911 + number)号" }
        var newAddress: String { "成都市武侯区偏僻巷\(811 + number)号" }
        var remark: String { "seen with passport ZX\(99_000 + number)" }

        var values: [String] {
            [northID, name, idNumber, phone, newPhone, southPhone, mail, address, newAddress, remark]
        }

        func north(_ isNew: Bool) -> String {
            "\(northID),\(name),\(idNumber),1950-02-30,\(isNew ? newPhone : phone),\(mail),\(isNew ? newAddress : address)"
        }
        var south: String { "\(name),\(idNumber),1950-13-01,\(southPhone),\(mail),\(address)" }
    }

    private static let planted = (0..<5).map { Planted(number: $0) }

    private struct Registry {
        let folder: String
        var workspace: String { folder + "/w" }

        init(_ folder: String) throws {
            self.folder = folder
            try rules.write(toFile: folder + "/rules.yaml", atomically: true, encoding: .utf8)
        }

        func clean(isNew: Bool, _ more: [String] = []) throws -> Tool.Result {
            let others = (0..<40).map { number in
                "N\(number),王\(Character(UnicodeScalar(0x4E50 + UInt32(number)) ?? "乐")),,\(1950 + number)-05-06,1351111\(2000 + number),,街\(number)号"
            }
            let north = others.prefix(20) + planted.map { $0.north(isNew) } + others.suffix(20)
            try write("id,name,idn,born,phone,mail,addr", Array(north), "north.csv", encoding: "UTF-8")
            // The second export has its lines elsewhere: they are no names.
            let south = (isNew ? ["李甲,,1944-04-04,,,"] : []) + planted.map(\.south) + ["李乙,,1945-05-05,,,"]
            try write("name,idn,born,phone,mail,addr", south, "south.csv", encoding: "GB18030")
            return try Tool.run(
                [
                    "clean", folder + "/rules.yaml", "north=\(folder)/north.csv", "south=\(folder)/south.csv",
                    "--workspace", workspace,
                ] + more)
        }

        private func write(_ header: String, _ rows: [String], _ name: String, encoding: String) throws {
            let text = ([header] + rows).joined(separator: "\n") + "\n"
            try Data(converted(text, to: encoding)).write(to: URL(fileURLWithPath: folder + "/" + name))
        }

        func run(_ arguments: [String]) throws -> Tool.Result {
            try Tool.run(arguments + ["--workspace", workspace])
        }

        /// Person by a value in the newest run's master.
        func person(_ value: String, run: String = "run-0002") throws -> String {
            let row = try lines("\(workspace)/outbox/\(run)/master.csv").first { $0.contains(value) }
            return String(try #require(row).prefix(9))
        }
    }

    /// Files of the folder that hold any of the values, in either encoding.
    private func hits(_ folder: String, _ values: [String]) throws -> [String] {
        let needles = values.flatMap { [Data($0.utf8), Data(converted($0, to: "GB18030"))] }
        return try contents(folder).flatMap { path, data in
            needles.indices.filter { data.range(of: needles[$0]) != nil }.map { "\(path): \(values[$0 / 2])" }
        }.sorted()
    }

    private func verifies(_ registry: Registry) throws {
        let audit = try registry.run(["audit", "verify"])
        #expect(audit.status == 0, "\(audit.output)")
        #expect(try verifier(registry.workspace).status == 0)
    }

    @Test func `SEC-41: fifty planted values are nowhere after an erasure, and do not come back`() throws {
        try withFolder { folder in
            let registry = try Registry(folder)
            let values = Self.planted.flatMap(\.values)
            #expect(Set(values).count == 50)
            let decisions = Self.planted.map {
                "north,\($0.northID),north,N3,different,\($0.remark) \($0.name),officer"
            }
            try (["a_source,a_record_id,b_source,b_record_id,decision,reason,by"] + decisions).joined(separator: "\n")
                .write(toFile: folder + "/decisions.csv", atomically: true, encoding: .utf8)
            #expect(try registry.clean(isNew: false, ["--decisions", folder + "/decisions.csv"]).status == 0)
            #expect(try registry.clean(isNew: true).status == 0)
            let listed = try registry.run(["findings", "--json"]).output
            let object = try JSONSerialization.jsonObject(with: Data(listed.utf8)) as? [String: Any]
            let about = (object?["findings"] as? [[String: Any]] ?? []).first {
                $0["record_id"] as? String == Self.planted[0].northID
            }
            let finding = try #require(about?["id"] as? String)
            #expect(try registry.run(["findings", "waive", finding, "--reason", Self.planted[0].remark]).status == 0)
            let export = [
                "export", "--format", "jsonl", "--purpose", "yearly count", "--recipient", "Statistics office",
                "--out", folder + "/given.jsonl",
            ]
            #expect(try registry.run(export).status == 0)
            let before = try hits(registry.workspace, values)
            #expect(Set(before.map { $0.split(separator: ": ")[1] }).count == 50)

            let persons = try Self.planted.map { try registry.person($0.idNumber) }
            let tried = try registry.run(["erase"] + persons + ["--reason", "request 12", "--dry-run"])
            #expect(tried.status == 0)
            #expect(try hits(registry.workspace, values) == before)
            let erased = try registry.run(["erase"] + persons + ["--reason", "request 12"])
            #expect(erased.status == 0)
            for what in ["records 10", "decisions 5", "waivers 1", "Statistics office", "given.jsonl", "north.csv"] {
                #expect(erased.output.contains(what))
            }
            #expect(tried.output.contains("records 10"))
            let left = try hits(registry.workspace, values)
            #expect(left.isEmpty, "\(left)")
            try verifies(registry)
            let copy = folder + "/copies"
            try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
            #expect(try registry.run(["backup", "--out", copy + "/new.backup"]).status == 0)
            #expect(try hits(copy, values) == [])

            let again = try registry.clean(isNew: true)
            #expect(again.status == 0)
            #expect(again.output.contains("north: 5 records that were erased stand in the export again"))
            #expect(again.output.contains("south: 5 records that were erased"))
            let back = try hits(registry.workspace, values)
            #expect(back.isEmpty, "\(back)")
            let twice = try registry.run(["erase"] + persons + ["--reason", "request 12"])
            #expect(twice.status == 0)
            #expect(twice.output.contains("Nothing to do"))
            // An id is recognised although nobody keeps it.
            let named = try registry.run(["erase", "north:\(Self.planted[2].northID)", "--reason", "request 12"])
            #expect(named.output.contains("Nothing to do"))
            try verifies(registry)
            // Without the key they would come back.
            try FileManager.default.removeItem(atPath: registry.workspace + "/erasure.key")
            let refused = try registry.clean(isNew: false)
            #expect(refused.status == 2)
            #expect(refused.errors.contains("E-ERA-001"))
        }
    }

    @Test func `an erasure that is killed is finished by the next command`() throws {
        try withFolder { folder in
            let registry = try Registry(folder)
            #expect(try registry.clean(isNew: false).status == 0)
            let person = try registry.person(Self.planted[0].idNumber, run: "run-0001")
            // As if the process had ended after its commit: files are there, and so is the mark.
            let outbox = registry.workspace + "/outbox"
            try FileManager.default.copyItem(atPath: outbox, toPath: folder + "/outbox")
            #expect(try registry.run(["erase", person, "--reason", "request 12"]).status == 0)
            try FileManager.default.removeItem(atPath: outbox)
            try FileManager.default.copyItem(atPath: folder + "/outbox", toPath: outbox)
            try Data().write(to: URL(fileURLWithPath: registry.workspace + "/erasure.pending"))
            #expect(try !hits(registry.workspace, Self.planted[0].values).isEmpty)
            #expect(try registry.run(["restrict", "north:N3", "--reason", "contested"]).status == 0)
            #expect(try hits(registry.workspace, Self.planted[0].values) == [])
            #expect(!FileManager.default.fileExists(atPath: registry.workspace + "/erasure.pending"))
            try verifies(registry)
        }
    }

    @Test func `a restricted person is in no output, keeps the number, and comes back as before`() throws {
        try withFolder { folder in
            let registry = try Registry(folder)
            #expect(try registry.clean(isNew: false).status == 0)
            let first = try String(contentsOfFile: registry.workspace + "/outbox/run-0001/master.csv", encoding: .utf8)
            let person = try registry.person(Self.planted[1].idNumber, run: "run-0001")
            #expect(try registry.run(["restrict", person, "--reason", "contested"]).status == 0)
            let export = ["export", "--format", "jsonl", "--purpose", "p", "--recipient", "r", "--out"]
            let refused = try registry.run(export + [folder + "/x.jsonl"])
            #expect(refused.status == 7)
            #expect(refused.errors.contains("E-EXP-015"))
            let second = try registry.clean(isNew: false)
            #expect(second.output.contains("north: 1 restricted records were left out"))
            let outputs = try hits(registry.workspace + "/outbox/run-0002", [Self.planted[1].idNumber])
            #expect(outputs == [])
            #expect(try registry.run(export + [folder + "/x.jsonl"]).status == 0)
            #expect(try !String(contentsOfFile: folder + "/x.jsonl", encoding: .utf8).contains(Self.planted[1].name))
            #expect(try !hits(registry.workspace, [Self.planted[1].idNumber]).isEmpty)
            try verifies(registry)
            #expect(try registry.run(["restrict", person, "--lift", "--reason", "settled"]).status == 0)
            #expect(try registry.clean(isNew: false).status == 0)
            let third = try String(contentsOfFile: registry.workspace + "/outbox/run-0003/master.csv", encoding: .utf8)
            #expect(third == first)
            try verifies(registry)
        }
    }

    @Test func `a person is told everything, and nothing of others`() throws {
        try withFolder { folder in
            let registry = try Registry(folder)
            let decision = """
                a_source,a_record_id,b_source,b_record_id,decision,reason,by
                north,NORTH-X70002,north,N3,different,王乐 of 街3号 is somebody else,officer
                """
            try decision.write(toFile: folder + "/decisions.csv", atomically: true, encoding: .utf8)
            #expect(try registry.clean(isNew: false, ["--decisions", folder + "/decisions.csv"]).status == 0)
            #expect(try registry.clean(isNew: true).status == 0)
            let export = ["export", "--format", "jsonl", "--purpose", "count", "--recipient", "Statistics office"]
            #expect(try registry.run(export + ["--out", folder + "/given.jsonl"]).status == 0)
            let told = Self.planted[2]
            let person = try registry.person(told.idNumber)
            let report = try registry.run(["subject-report", person, "--purpose", "request 9"])
            #expect(report.status == 0)
            for value in [
                told.northID, told.name, told.idNumber, told.phone, told.newPhone, told.southPhone, told.address,
                "Statistics office", "another record", "north.csv:24", "officer",
            ] { #expect(report.output.contains(value), "\(value)") }
            for other in Self.planted where other.number != told.number {
                for value in other.values { #expect(!report.output.contains(value), "\(value)") }
            }
            #expect(!report.output.contains("N3") && !report.output.contains("街3号"))
            let again = try registry.run(["subject-report", "north:\(told.northID)", "--json"])
            let object = try JSONSerialization.jsonObject(with: Data(again.output.utf8)) as? [String: Any]
            #expect(object?["person_id"] as? String == person)
            #expect((object?["records"] as? [Any])?.count == 2)
            let accesses = object?["accesses"] as? [[String: Any]] ?? []
            #expect(accesses.contains { $0["type"] as? String == "subject.reported" })
            let chinese = try registry.run(["subject-report", person, "--language", "zh", "--out", folder + "/zh.txt"])
            #expect(chinese.status == 0 && chinese.output.isEmpty)
            #expect(try String(contentsOfFile: folder + "/zh.txt", encoding: .utf8).contains("本登记库所存"))
            try verifies(registry)
        }
    }

    @Test func `a decisions file and a gap in the numbers do not bring the id of an erased record back`() throws {
        try withFolder { folder in
            let workspace = folder + "/w"
            func clean(_ more: String...) throws -> Tool.Result {
                try Tool.run(["clean", "rules/registry.yaml", "--workspace", workspace] + more)
            }
            #expect(try clean().status == 0)
            let erased = try Tool.run([
                "erase", "registry:R00000003", "--reason", "asked for", "--workspace", workspace,
            ])
            #expect(erased.status == 0, "\(erased.errors)")
            // The office still has it; then its export lacks it as well.
            let decisions = folder + "/decisions.csv"
            try """
            a_source,a_record_id,b_source,b_record_id,decision,reason,by
            registry,R00000003,registry,R00000001,different,two cards seen,li
            registry,R00000001,registry,R00000002,different,two cards seen,li

            """.write(toFile: decisions, atomically: true, encoding: .utf8)
            let said = try clean("--decisions", decisions)
            #expect(said.status == 0, "\(said.errors)")
            #expect(said.output.contains("decisions.csv: 1 row (line 2) about records that were erased"))
            #expect(try hits(workspace, ["R00000003"]).isEmpty)
            let rows = try String(contentsOfFile: Tool.root + "/inputs/registry.csv", encoding: .utf8)
                .components(separatedBy: "\r\n")
            try rows.filter { !$0.hasPrefix("R00000003,") && !$0.hasPrefix("R00000007,") }.joined(separator: "\r\n")
                .write(
                    toFile: folder + "/registry.csv", atomically: true, encoding: .utf8)
            #expect(try clean("registry=\(folder)/registry.csv").status == 0)
            #expect(try hits(workspace, ["R00000003"]).isEmpty)
            let findings = try String(contentsOfFile: workspace + "/outbox/run-0003/findings.csv", encoding: .utf8)
            #expect(findings.contains("registry has no records R00000007 (1);"))
            #expect(try Tool.run(["audit", "verify", "--workspace", workspace]).status == 0)
            #expect(try verifier(workspace).status == 0)
        }
    }

    @Test func `what is over its time goes, and what is held stays`() throws {
        try withFolder { folder in
            let registry = try Registry(folder)
            let book = try String(contentsOfFile: folder + "/rules.yaml", encoding: .utf8)
            func retain(_ text: String) throws -> Tool.Result {
                try (book + text).write(toFile: folder + "/retain.yaml", atomically: true, encoding: .utf8)
                return try registry.run(["retention", "--rules", folder + "/retain.yaml"])
            }
            #expect(try registry.clean(isNew: false).status == 0)
            #expect(try registry.clean(isNew: true).status == 0)
            let silent = try retain("")
            #expect(silent.status == 2)
            #expect(silent.errors.contains("E-RET-001"))
            let young = try retain("retention: { runs: 26 weeks, superseded_versions: 2年 }\n")
            #expect(young.output.contains("Nothing is over its time"))
            // The workspace as it would have been made two years ago.
            try age(registry.workspace)
            let held = try retain("retention: { runs: 26 weeks, superseded_versions: 1 year, hold: [north, south] }\n")
            #expect(held.output.contains("Held back: files of 1 run, "))
            #expect(FileManager.default.fileExists(atPath: registry.workspace + "/outbox/run-0001/master.csv"))
            let removed = try retain("retention: { runs: 26 weeks, superseded_versions: 1 year }\n")
            #expect(removed.status == 0, "\(removed.errors)")
            #expect(removed.output.contains("files of 1 run, "))
            let left = try FileManager.default.contentsOfDirectory(atPath: registry.workspace + "/outbox/run-0001")
            #expect(left.sorted() == ["checkpoint.txt", "run.json"])
            #expect(FileManager.default.fileExists(atPath: registry.workspace + "/outbox/run-0002/master.csv"))
            #expect(try hits(registry.workspace, [Self.planted[0].phone]).isEmpty)
            #expect(try !hits(registry.workspace, [Self.planted[0].newPhone]).isEmpty)
            #expect(try retain("retention: { runs: 26 weeks }\n").output.contains("Nothing is over its time"))
            #expect(try registry.clean(isNew: true).status == 0)
        }
    }

    @Test func `nobody who is not there is erased, and no reason is no reason`() throws {
        try withFolder { folder in
            let registry = try Registry(folder)
            #expect(try registry.clean(isNew: false).status == 0)
            let unknown = try registry.run(["erase", "P00009999", "--reason", "request 12"])
            #expect(unknown.status == 3)
            #expect(unknown.errors.contains("E-SUB-001"))
            let silent = try registry.run(["erase", "north:N3", "--reason", " "])
            #expect(silent.status == 3)
            #expect(silent.errors.contains("E-SUB-003"))
        }
    }

    @Test func `what was erased stays erased when an older backup is restored`() throws {
        try withFolder { folder in
            let registry = try Registry(folder)
            #expect(try registry.clean(isNew: false).status == 0)
            #expect(try registry.run(["backup", "--out", folder + "/old.backup"]).status == 0)
            let person = try registry.person(Self.planted[3].idNumber, run: "run-0001")
            #expect(try registry.run(["erase", person, "--reason", "request 12"]).status == 0)
            let refused = try Tool.run(["restore", folder + "/old.backup", "--workspace", registry.workspace])
            #expect(refused.status == 5)
            #expect(refused.errors.contains("E-BAK-006"))
            #expect(refused.errors.contains("erasure.executed 1"))
            let restored = try Tool.run([
                "restore", folder + "/old.backup", "--workspace", registry.workspace, "--force",
            ])
            #expect(restored.status == 0)
            #expect(restored.output.contains("2 records that were erased since the backup were erased again"))
            for name in try FileManager.default.contentsOfDirectory(atPath: registry.workspace)
            where name.hasPrefix("replaced-") {
                try FileManager.default.removeItem(atPath: registry.workspace + "/" + name)
            }
            #expect(try hits(registry.workspace, Self.planted[3].values) == [])
            try verifies(registry)
        }
    }
}

/// In another encoding, by the system's own tables.
private func converted(_ text: String, to encoding: String) -> [UInt8] {
    guard let converter = iconv_open(encoding, "UTF-8") else { return [] }
    defer { iconv_close(converter) }
    var input = Array(text.utf8).map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: input.count * 4 + 16)
    var (left, room) = (input.count, output.count)
    let count = output.count
    input.withUnsafeMutableBufferPointer { input in
        output.withUnsafeMutableBufferPointer { output in
            var (from, to) = (input.baseAddress, output.baseAddress)
            _ = iconv(converter, &from, &left, &to, &room)
        }
    }
    return output[..<(count - room)].map { UInt8(bitPattern: $0) }
}
