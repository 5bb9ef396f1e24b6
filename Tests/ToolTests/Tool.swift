import Foundation
import Testing

/// The built tool, run from outside: arguments in, whole output and exit status out.
struct Tool {
    struct Result {
        let status: Int32
        let output: String
        let errors: String
    }

    /// Beside the test bundle, whatever the configuration.
    static let path: String = {
        let folder = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }?
            .deletingLastPathComponent()
        let beside = (folder ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent())
            .appendingPathComponent("qingku")
        return beside.path
    }()

    /// The checkout, for `inputs/` and `rules/`.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// - Parameter input: file that standard input comes from; `nil`: nothing comes.
    static func run(_ arguments: [String], in folder: String = root, input: String? = nil) throws -> Result {
        let process = try start(arguments, in: folder, input: input)
        return try finish(process)
    }

    struct Running {
        let process: Process
        let output: Pipe
        let errors: Pipe
    }

    /// As a terminal starts a program: signals that whoever started the tests ignores, as under nohup, are not ignored by it.
    private static let signals: Void = {
        for number in [SIGINT, SIGTERM, SIGHUP] { _ = signal(number, SIG_DFL) }
    }()

    static func start(_ arguments: [String], in folder: String = root, input: String? = nil) throws -> Running {
        _ = signals
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = ["LANG": "C.UTF-8", "HOME": NSTemporaryDirectory(), "PATH": "/usr/bin:/bin"]
        let running = Running(process: process, output: Pipe(), errors: Pipe())
        process.standardOutput = running.output
        process.standardError = running.errors
        process.standardInput = input.flatMap { FileHandle(forReadingAtPath: $0) } ?? FileHandle.nullDevice
        try process.run()
        return running
    }

    static func finish(_ running: Running) throws -> Result {
        let output = try running.output.fileHandleForReading.readToEnd() ?? Data()
        let errors = try running.errors.fileHandleForReading.readToEnd() ?? Data()
        running.process.waitUntilExit()
        return Result(
            status: running.process.terminationStatus, output: String(decoding: output, as: UTF8.self),
            errors: String(decoding: errors, as: UTF8.self))
    }
}

/// A folder that is gone when the test ends.
func withFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
    let folder = NSTemporaryDirectory() + "/qingku-test-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
}

/// Path within the folder → contents, of all files but those named.
func contents(_ folder: String, except: Set<String> = []) throws -> [String: Data] {
    var found: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder) where !except.contains(path) {
        var isFolder: ObjCBool = false
        let full = folder + "/" + path
        if FileManager.default.fileExists(atPath: full, isDirectory: &isFolder), !isFolder.boolValue {
            found[path] = try Data(contentsOf: URL(fileURLWithPath: full))
        }
    }
    return found
}

func lines(_ path: String) throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
}

/// Runs and exports of a workspace two years back, behind the tool's back: no retention can be tested in an hour.
func age(_ workspace: String) throws {
    try tamper(
        workspace,
        """
        UPDATE run SET finished_at = '2024' || substr(finished_at, 5);
        UPDATE batch SET imported_at = '2024' || substr(imported_at, 5);
        """)
}

/// Changes the database of a workspace behind the tool's back; the guard rails are there again afterwards.
func tamper(_ workspace: String, _ sql: String) throws {
    let script = """
        import sqlite3, sys
        db = sqlite3.connect(sys.argv[1])
        triggers = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, sql in triggers: db.execute("DROP TRIGGER " + name)
        db.executescript(sys.argv[2])
        for name, sql in triggers: db.execute(sql)
        db.commit()
        """
    #expect(try python(["-c", script, workspace + "/registry.sqlite", sql]).status == 0)
}

/// What the second implementation of the proof says of a workspace.
func verifier(_ workspace: String) throws -> Tool.Result {
    try python([Tool.root + "/Tests/Verifier/verify.py", workspace + "/registry.sqlite"])
}

func python(_ arguments: [String]) throws -> Tool.Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    let running = Tool.Running(process: process, output: Pipe(), errors: Pipe())
    process.standardOutput = running.output
    process.standardError = running.errors
    try process.run()
    return try Tool.finish(running)
}
