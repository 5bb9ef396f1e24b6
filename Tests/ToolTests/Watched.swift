import Foundation
import Testing

/// A small register whose offices put their exports into a folder. 2024-11-25 is a Monday.
struct Watched {
    var registry: SmallRegistry
    var folder: String { registry.folder + "/in" }

    init(_ folder: String) throws {
        registry = try SmallRegistry(folder)
        try FileManager.default.createDirectory(atPath: folder + "/in", withIntermediateDirectories: true)
    }

    func deliver(_ source: String, _ people: [SmallRegistry.Person], as name: String? = nil) throws {
        let rows =
            source == "a"
            ? ["id,name,phone,dob"] + people.map { "\($0.id),\($0.name),\($0.phone),\($0.birthDate)" }
            : ["name,phone,dob"] + people.map { "\($0.name),\($0.phone),\($0.birthDate)" }
        try (rows.joined(separator: "\n") + "\n").write(
            toFile: "\(folder)/\(name ?? source + ".csv")", atomically: true, encoding: .utf8)
    }

    func add(_ more: String...) throws -> Tool.Result {
        try Tool.run(
            [
                "schedule", "add", "weekly", "--every", "Mon 02:00", "--zone", "Asia/Shanghai", "--rules",
                registry.folder + "/rules.yaml", "--watch", folder, "--settle", "0", "--workspace",
                registry.workspace, "--now", "2024-11-20T00:00:00Z",
            ] + more)
    }

    func schedule(_ arguments: String..., at now: String) throws -> Tool.Result {
        try Tool.run(["schedule"] + arguments + ["--workspace", registry.workspace, "--now", now])
    }

    func tries() throws -> [[String: Any]] {
        let text = try schedule("history", "weekly", "--json", at: "2025-01-02T00:00:00Z").output
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    }

    func runs() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: registry.workspace + "/outbox").filter {
            $0.hasPrefix("run-")
        }.sorted()
    }
}

func withWatched(_ body: (Watched) throws -> Void) throws {
    try withFolder { folder in try body(try Watched(folder)) }
}
