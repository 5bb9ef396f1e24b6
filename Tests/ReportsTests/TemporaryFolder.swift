import Foundation
import Records

@testable import Reports

/// A fresh folder, removed when the test is done with it.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("reports-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
}

func contents(_ path: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
}

func listing(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
}

/// What one file of an outbox holds when `body` writes it.
func written(_ body: (inout FileSink) throws -> Void) throws -> String {
    try withTemporaryFolder { folder in
        try Outbox.write(to: folder + "/run", { try $0.file("file", body) }, manifest: { _, sink in sink.append("{}") })
        return try String(decoding: contents(folder + "/run/file"), as: UTF8.self)
    }
}
