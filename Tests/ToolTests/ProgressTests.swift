import Foundation
import Testing

/// Progress of a run: on a terminal, and nowhere else.
@Suite struct ProgressTests {
    /// What the tool writes to a terminal that stands for both of its outputs.
    private func onTerminal(_ arguments: [String]) throws -> String {
        let script = "import pty, sys; pty.spawn(sys.argv[1:])"
        return try python(["-c", script, Tool.path] + arguments).output
    }

    @Test func `U3: a terminal shows stages, time, and from the second run on what is left; a file gets no progress`()
        throws
    {
        try withFolder { folder in
            let words = ["clean", Tool.root + "/rules/latin.yaml", "--workspace", folder + "/w", "--language", "en"]
            let first = try onTerminal(words)
            #expect(first.contains("reading the exports  0 s"), "\(first)")
            #expect(first.contains("writing the results"))
            #expect(!first.contains(" left"))
            let rules =
                try String(contentsOfFile: Tool.root + "/rules/latin.yaml", encoding: .utf8)
                .replacing("../inputs", with: Tool.root + "/inputs") + "\n# again\n"
            try rules.write(toFile: folder + "/latin.yaml", atomically: true, encoding: .utf8)
            let second = try onTerminal([
                "clean", folder + "/latin.yaml", "--workspace", folder + "/w", "--language", "en",
            ])
            #expect(second.contains(" left  last time "), "\(second)")
            #expect(second.contains(" records a second"))
            let plain = try Tool.run(words)
            #expect(plain.errors.isEmpty, "\(plain.errors)")
        }
    }
}
