import Foundation
import Testing

/// What `audit verify` says of the files of the newest run.
@Suite struct VerifiedOutputsTests {
    @Test func `an account that was edited or is gone is found, a folder that is gone is named`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            #expect(try registry.clean().status == 0)
            #expect(try registry.run("audit", "verify").output.contains("records, persons and outputs checked"))
            let account = registry.workspace + "/outbox/run-0001/run.json"
            let text = try String(contentsOfFile: account, encoding: .utf8)
            func verify() throws -> Tool.Result { try registry.run("audit", "verify") }
            for (found, other) in [("\"persons\": 30", "\"persons\": 31"), ("\"sha256\": \"", "\"sha256\": \"0")] {
                let edited = text.replacing(found, with: other)
                #expect(edited != text)
                try edited.write(toFile: account, atomically: true, encoding: .utf8)
                #expect(try verify().status == 5)
                #expect(try verify().output.contains("run.json is missing or not as the run wrote it"))
            }
            try FileManager.default.removeItem(atPath: account)
            #expect(try verify().status == 5)
            // Written again, by somebody else and from elsewhere.
            try FileManager.default.removeItem(atPath: registry.workspace + "/outbox/run-0001")
            let without = try verify()
            #expect(without.status == 0)
            #expect(without.output.contains("records and persons checked."))
            #expect(without.output.contains("Not checked: the folder of run 1 is not there any more"))
            #expect(try registry.clean("--actor", "li").status == 0)
            #expect(try verify().output.contains("records, persons and outputs checked"))
        }
    }
}
