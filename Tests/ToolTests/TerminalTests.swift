import Foundation
import Testing

/// What reaches the terminal, and files that the tool hands out.
@Suite struct TerminalTests {
    @Test(arguments: ["A\u{9B}31m", "A\u{202E}3000", "A\u{2066}1", "A\u{1B}[2J"])
    func `what an office wrote neither colours a line nor turns it around`(id: String) throws {
        try withFolder { folder in
            var registry = try SmallRegistry(folder)
            registry.a[3].id = id
            #expect(try registry.clean().status == 0)
            for words in [["restrict", "a:" + id], ["restrict", "--lift", "a:" + id]] {
                let said = try Tool.run(words + ["--workspace", registry.workspace, "--reason", "as asked"])
                #expect(said.status == 0)
                #expect(said.output.contains("a:A·"), "\(said.output)")
                #expect(!said.output.contains(id))
            }
        }
    }

    @Test func `a proof and a checkpoint are for their owner alone`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            #expect(try registry.clean().status == 0)
            let path = folder + "/1.proof"
            try "old".write(toFile: path, atomically: true, encoding: .utf8)
            #expect(try registry.run("audit", "prove", "1", "--out", path).status == 0)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try String(contentsOfFile: path, encoding: .utf8).contains("checkpoint"))
        }
    }
}
