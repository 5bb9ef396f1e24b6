import Foundation
import Testing

/// What the proof of a workspace finds, and what it raises no alarm about.
@Suite struct ProvenTests {
    /// Statuses of `audit verify`, of the same with a replay, and of the second implementation.
    private func verdicts(_ registry: SmallRegistry) throws -> [Int32] {
        [
            try registry.run("audit", "verify").status, try registry.run("audit", "verify", "--replay").status,
            try verifier(registry.workspace).status,
        ]
    }

    /// With findings: a phone that is none, a person without name, a birth date that cannot be.
    private func spoilt(_ folder: String) throws -> SmallRegistry {
        var registry = try SmallRegistry(folder)
        registry.a[2].phone = "12"
        registry.a[5].name = ""
        registry.a[6].birthDate = "1999-02-30"
        #expect(try registry.clean().status == 0)
        #expect(try verdicts(registry) == [0, 0, 0])
        return registry
    }

    @Test(
        "a finding that was changed or taken away is found",
        arguments: [
            "UPDATE finding SET state = 'resolved'", "UPDATE finding SET severity = 'info'",
            "UPDATE finding SET detail = detail || '1'", "UPDATE finding SET \"check\" = 'x'",
            "UPDATE finding SET record = record + 1", "DELETE FROM finding",
            "DELETE FROM finding WHERE field = 'phone'",
            "UPDATE finding SET run = run + 1", "UPDATE finding SET salt = zeroblob(16)",
            "UPDATE finding SET suggestion = '', detail = '', content = 0",
            "UPDATE finding SET severity = 'info', suggestion = '', detail = '', content = 0, salt = zeroblob(16)",
        ])
    func changed(_ sql: String) throws {
        try withFolder { folder in
            let registry = try spoilt(folder)
            try tamper(registry.workspace, sql)
            #expect(try verdicts(registry) == [5, 5, 5])
        }
    }

    @Test func `what a finding that has healed said is proved too, and so is what a later run says`() throws {
        try withFolder { folder in
            var registry = try spoilt(folder)
            registry.a[2].phone = "13800131002"
            registry.a[6].birthDate = "1999-02-31"
            #expect(try registry.clean().status == 0)
            #expect(try verdicts(registry) == [0, 0, 0])
            for state in ["resolved", "open"] {
                let copy = folder + "/" + state
                try FileManager.default.copyItem(atPath: registry.workspace, toPath: copy)
                try tamper(
                    copy,
                    """
                    UPDATE finding SET severity = 'info', suggestion = '', detail = '', content = 0
                        WHERE state = '\(state)'
                    """)
                #expect(try Tool.run(["audit", "verify", "--workspace", copy]).status == 5)
                #expect(try verifier(copy).status == 5)
            }
        }
    }

    @Test func `a run after an erasure comes out the same while the office still has the record`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            #expect(try registry.clean().status == 0)
            #expect(try registry.say("erase", "a:A0003").status == 0)
            let again = try registry.clean()
            #expect(again.status == 0, "\(again.errors)")
            try registry.verifies("--replay")
            // From what is stored as well, with the same words about it.
            #expect(try registry.say("decide", "different", "a:A0005", "a:A0006").status == 0)
            #expect(try registry.newest("report.html").contains { $0.contains("1 records that were erased") })
            try registry.verifies("--replay")
        }
    }

    @Test func `a copy of a workspace under another name comes out the same`() throws {
        try withFolder { folder in
            let registry = try spoilt(folder)
            let copy = folder + "/another"
            try FileManager.default.copyItem(atPath: registry.workspace, toPath: copy)
            let result = try Tool.run(["audit", "verify", "--replay", "--workspace", copy])
            #expect(result.status == 0, "\(result.output)")
        }
    }

    @Test func `a word grows the trail by what it added alone`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            #expect(try registry.clean().status == 0)
            #expect(try registry.say("decide", "different", "a:A0005", "a:A0006", "--later").status == 0)
            let shown = try registry.run("audit", "show", "--type", "rows.sealed", "--last", "1", "--payload", "--json")
            let seal = shown.output
            #expect(seal.contains("decision") && seal.utf8.count < 2_000, "\(seal)")
            #expect(try registry.say("undo", registry.newestWord(), "--later").status == 0)
            #expect(try registry.say("decide", "different", "a:A0005", "a:A0007").status == 0)
            try registry.verifies("--replay")
        }
    }
}
