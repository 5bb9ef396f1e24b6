import Foundation
import Pipeline
import Records
import Synchronization
import Testing
import Workspace

@testable import ReviewDesk

/// The desk over the shipped sample, with many doubtful pairs, a clock that the tests set, and browsers for its accounts.
final class RegistryDesk: Sendable {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// Cleaned once for all tests, which work on copies.
    private static let cleaned = Result { try clean("") }
    /// The same, with every decided pair asked of a second person, and many known ones.
    private static let measured = Result { try clean("review: { twice: 1, known: 0.5 }\n") }

    private static func clean(_ more: String) throws -> String {
        let folder = newFolder()
        var book = try String(contentsOfFile: root + "/rules/registry.yaml", encoding: .utf8)
        book = book.replacing("file: ../inputs/", with: "file: \(root)/inputs/")
        book = book.replacing(#/\n  decide:.*/#, with: "\n  decide: { merge: 0.99999, review: 0.05 }")
        book += "\napprovals: { two_people: [bulk], bulk_over: 5 }\n" + more
        try book.write(toFile: folder + "/registry.yaml", atomically: true, encoding: .utf8)
        _ = try CleaningRun.run(
            CleaningRequest(
                rulesPath: folder + "/registry.yaml", workspace: folder + "/w", threads: 2, language: .english,
                actor: "wang", clock: clock(0)))
        return folder
    }

    private static func newFolder() -> String {
        let folder = NSTemporaryDirectory() + "/qingku-desk-" + UUID().uuidString
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    private static func clock(_ seconds: Int) -> Clock {
        let time = Date(timeIntervalSince1970: 1_763_712_000 + Double(seconds))
        return Clock(now: time.formatted(.iso8601), today: "2025-11-21")
    }

    let folder: String
    let session: ReviewSession
    let accounts = SampleAccounts()
    let instants = SampleClock()
    let desk: Desk
    private let passed: Elapsed

    /// Seconds since the beginning.
    private final class Elapsed: Sendable {
        private let seconds = Mutex(0)
        var value: Int { seconds.withLock { $0 } }
        func add(_ more: Int) { seconds.withLock { $0 += more } }
    }

    init(isMeasured: Bool = false) throws {
        let folder = Self.newFolder()
        let source = try (isMeasured ? Self.measured : Self.cleaned).get()
        try FileManager.default.copyItem(atPath: source + "/w", toPath: folder + "/w")
        self.folder = folder
        let passed = Elapsed()
        self.passed = passed
        session = try ReviewSession(workspace: folder + "/w") { RegistryDesk.clock(passed.value) }
        let instants = instants
        desk = Desk(
            gate: Gate(accounts: accounts.book, starter: "starter", isSecure: false),
            requestGuard: RequestGuard(names: ["127.0.0.1"], isSecure: false), routes: ReviewRoutes.all(session),
            now: { instants.now })
        desk.listen(on: 8_787)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var workspace: String { folder + "/w" }

    func pass(seconds: Int) {
        passed.add(seconds)
        instants.pass(.seconds(seconds))
    }

    func enter(
        _ name: String, _ roles: Set<Role>, areas: [String] = [], sources: [String] = []
    ) async throws -> Browser {
        accounts.set(name, roles, areas: areas, sources: sources)
        var browser = Browser(desk: desk)
        try #require(await browser.enter(name).status == 303)
        return browser
    }

    /// An account that the workspace knows too.
    func register(_ name: String, _ roles: Set<Role>, areas: [String] = []) throws {
        var change = AccountRun.Change()
        (change.roles, change.areas, change.password, change.cost) = (roles, areas, "four words for the desk", 10)
        try AccountRun.add(
            workspace: workspace, name: name, change, actor: "root", clock: Self.clock(passed.value))
    }

    /// What an answer to a pair says that it is about.
    func token(_ pair: Int) throws -> String { try session.pair(pair).token.text }

    func problems() throws -> [String] {
        try AuditRun.verify(workspace: workspace).problems.map { "\($0.kind) \($0.message.en)" }
    }

    func lastEvent() throws -> AuditEvent? {
        try WorkspaceStore.openReadOnly(directory: workspace).lastEvent()
    }

    /// Events of a type, in order.
    func events(_ type: String) throws -> [AuditEvent] {
        var filter = WorkspaceStore.EventFilter()
        filter.types = [type]
        var found: [AuditEvent] = []
        try WorkspaceStore.openReadOnly(directory: workspace).forEachEvent(filter) { found.append($0.event) }
        return found
    }
}
