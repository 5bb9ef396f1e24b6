import Foundation
import Testing

/// A desk that runs, with what it has printed first.
struct RunningDesk {
    let running: Tool.Running
    let url: String
    let port: Int

    /// - Parameter verb: `review` or `serve`.
    init(_ workspace: String, _ more: [String] = [], verb: String = "review") throws {
        running = try Tool.start([verb, "--workspace", workspace, "--port", "0", "--no-browser"] + more)
        var line: [UInt8] = []
        let handle = running.output.fileHandleForReading
        while line.last != 10, let byte = try handle.read(upToCount: 1), !byte.isEmpty { line += byte }
        url = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .newlines)
        port = try #require(url.firstMatch(of: #/^https?://127\.0\.0\.1:(\d+)\//#).flatMap { Int($0.1) }, "\(url)")
    }

    /// The cookie of a session that the printed link opens.
    func enter() throws -> String {
        let path = "/open/" + (url.split(separator: "/open/").last.map(String.init) ?? "")
        return try Wire.get(path, port: port).cookie
    }

    func stop() throws -> Tool.Result {
        running.process.terminate()
        return try Tool.finish(running)
    }
}
