import Foundation
import Records
import Reports
import Rules
import Synchronization
import Workspace

/// A workspace on the desk: people look at what is doubtful in it and say what is so.
///
/// What is read comes from the store and from the desk's index; what is said goes into the store, and only then into the
/// index. Safe to use from many threads; words are taken in one after the other.
package final class ReviewSession: Sendable {
    package let workspace: String
    package let clock: @Sendable () -> Clock
    let index: DeskIndex
    let store: WorkspaceStore
    package let access = AccessMeter()
    /// The one that was looked at last: two finished runs differ in the same way for ever.
    let lastDifference = Mutex<RunDifference?>(nil)
    private let known: Mutex<DeskMoment?>
    private let speaking = Mutex<Turn?>(nil)
    /// Those that were given up to an event.
    let opinions = Mutex<(opinions: [StoredOpinion], event: Int)>(([], 0))
    /// Who speaks, and who waits to.
    private let speakers = Atomic(0)
    /// Seconds of somebody's last answers, by name.
    let paces = Mutex<[String: [Int]]>([:])
    let rates = Mutex<(run: Int, rates: [DeskOverview.Rate])?>(nil)

    /// Makes the desk's index where it is not that of the newest run.
    ///
    /// - Throws: `E-WS-007` for a workspace that is not there, `E-RUN-007` for one without a run, `E-DSK-001` when the files of
    ///   its newest run are gone.
    package init(workspace: String, clock: @escaping @Sendable () -> Clock) throws {
        self.workspace = workspace
        self.clock = clock
        store = try WorkspaceStore.openReadOnly(directory: workspace)
        _ = try DeskRun(store)
        index = try DeskIndex(directory: workspace)
        known = Mutex(nil)
        _ = try desk()
    }

    /// The newest run, with the index brought up to what was said since: here, at another desk, or on the command line.
    func desk() throws -> DeskRun { try moment().desk }

    func moment() throws -> DeskMoment {
        try known.withLock { known in
            let event = try store.lastSequence()
            if let known, known.event == event { return known }
            let erasure = try store.lastErasure() ?? 0
            let desk: DeskRun
            if let known, known.erasure == erasure, try store.lastRun()?.id == known.desk.run.id,
                try store.calibration(rules: known.desk.run.rules)?.calibration == known.desk.calibration
            {
                desk = known.desk
            } else {
                desk = try DeskRun(store)
                if try !isBuilt(desk, erasure) {
                    try DeskBuilding.build(index, store, desk, today: clock().today)
                    try index.mark("erasure", String(erasure))
                    try index.mark("findings", String(event))
                }
            }
            // Looked at up to here: of the many events since the last change the most are of no consequence.
            let looked = known?.desk.run.id == desk.run.id ? known?.event ?? 0 : 0
            func mark(_ name: String) throws -> Int? { try index.mark(name).flatMap { Int($0) } }
            if try store.hasChangedFindings(after: max(looked, mark("findings") ?? 0)) {
                try DeskBuilding.renewFindings(index, store, desk, today: clock().today)
                try index.mark("findings", String(event))
            }
            let settled = try mark("event")
            if try settled == nil || store.hasSpokenOfPairs(after: max(looked, settled ?? 0)) {
                try index.settle(try DeskSpeech.live(store), as: ("event", String(event)))
            }
            try takeAssignments(upTo: event)
            try takeOpinions(upTo: event)
            let moment = DeskMoment(desk, event: event, erasure: erasure, after: known)
            known = moment
            return moment
        }
    }

    /// All that `body` reads of the workspace and of the index is as of one moment of each. The index is up to date before.
    func reading<Result>(_ body: () throws -> Result) throws -> Result {
        try store.readAsOfNow { try index.readAsOfNow(body) }
    }

    /// The rule book wants pairs shown without what the machine thinks of them.
    package var isBlind: Bool { get throws { try desk().book.review.isBlind } }

    /// What was erased since the index was made still stands in it.
    private func isBuilt(_ desk: DeskRun, _ erasure: Int) throws -> Bool {
        try index.mark("erasure") == String(erasure)
            && desk.marks.allSatisfy { try index.mark($0.key) == $0.value }
    }

    /// The workspace open for writing, from one word to the next of those that wait.
    private struct Turn: Sendable {
        let store: WorkspaceStore
        let since: ContinuousClock.Instant
    }

    /// One word at a time, on the newest state; the index follows.
    ///
    /// - Parameter body: checks and commits; says what counts of a pair then, `nil` for a word that is not about one pair or
    ///   that changed nothing.
    func speak<Result>(_ body: (WorkspaceStore, DeskRun) throws -> (Result, DeskIndex.Said?)) throws -> Result {
        let start = ContinuousClock.now
        speakers.add(1, ordering: .relaxed)
        let result = try speaking.withLock { turn in
            // Others get a turn too: a scheduled run, the command line.
            if let known = turn, .now - known.since > Self.longestTurn { turn = nil }
            defer {
                if speakers.subtract(1, ordering: .relaxed).newValue == 0 { turn = nil }
            }
            // Whoever waited for those before has waited for the workspace too.
            let patience = max(.zero, Self.patience - (.now - start))
            let open = try turn?.store ?? WorkspaceStore.open(directory: workspace, patience: patience)
            turn = turn ?? Turn(store: open, since: .now)
            let (result, said) = try body(open, try desk())
            if let said {
                let event = try open.lastSequence()
                try known.withLock { known in
                    try index.say(said, as: ("event", String(event)))
                    known = known.map { DeskMoment($0.desk, event: event, erasure: $0.erasure, after: $0) }
                }
            }
            return result
        }
        _ = try desk()
        return result
    }

    /// How long a word waits while a run has the workspace.
    static let patience = Duration.seconds(10)
    /// How long words that wait for each other share the workspace before others may have it.
    private static let longestTurn = Duration.seconds(1)

    /// Lets somebody else have the workspace.
    func endTurn() { speaking.withLock { $0 = nil } }

    /// One word at a time that is no word about pairs, and opens the workspace itself.
    func speakAlone<Result>(_ body: () throws -> Result) throws -> Result {
        let result = try speaking.withLock { turn in
            turn = nil
            return try body()
        }
        _ = try desk()
        return result
    }
}
