import Foundation
import Testing

struct WorkerRefusalTests {
    @Test func `a worker that refuses its job hears its writer out, so that the reason is what arrives`() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = [
            "-c",
            "head -c 1000000 /dev/zero | \"$0\" worker keys --model /none --format 1 --job-hash 0; echo ${PIPESTATUS[@]}",
            Tool.path,
        ]
        let running = Tool.Running(process: process, output: Pipe(), errors: Pipe())
        process.standardOutput = running.output
        process.standardError = running.errors
        try process.run()
        let result = try Tool.finish(running)
        #expect(result.output == "0 64\n")
        #expect(result.errors == "qingku worker: the job file cannot be read [E-WRK-001]\n")
    }
}
