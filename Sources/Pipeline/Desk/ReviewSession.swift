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
    private let known: Mutex<Known?>
    private let speaking = Mutex(())
    let rates = Mutex<(run: Int, rates: [DeskOverview.Rate])?>(nil)

    private struct Known {
        let desk: DeskRun
        var event: Int
        /// The newest erasure that the index knows of.
        let erasure: Int
    }

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
    func desk() throws -> DeskRun {
        try known.withLock { known in
            let event = try store.lastEvent()?.sequence ?? 0
            if let known, known.event == event { return known.desk }
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
            if try store.hasChangedFindings(after: Int(index.mark("findings") ?? "") ?? 0) {
                try DeskBuilding.renewFindings(index, store, desk, today: clock().today)
                try index.mark("findings", String(event))
            }
            if try index.mark("event") != String(event) {
                try index.settle(try DeskSpeech.live(store), as: ("event", String(event)))
            }
            try takeAssignments(upTo: event)
            known = Known(desk: desk, event: event, erasure: erasure)
            return desk
        }
    }

    /// The rule book wants pairs shown without what the machine thinks of them.
    package var isBlind: Bool { get throws { try desk().book.review.isBlind } }

    /// What was erased since the index was made still stands in it.
    private func isBuilt(_ desk: DeskRun, _ erasure: Int) throws -> Bool {
        try index.mark("erasure") == String(erasure)
            && desk.marks.allSatisfy { try index.mark($0.key) == $0.value }
    }

    /// One word at a time, on the newest state; the index follows.
    ///
    /// - Parameter body: checks and commits; says what counts of a pair then, `nil` for a word that is not about one pair or
    ///   that changed nothing.
    func speak<Result>(_ body: (WorkspaceStore, DeskRun) throws -> (Result, DeskIndex.Said?)) throws -> Result {
        let start = ContinuousClock.now
        let result = try speaking.withLock { _ in
            // Whoever waited for those before has waited for the workspace too.
            let waited = ContinuousClock.now - start
            let open = try WorkspaceStore.open(directory: workspace, patience: max(.zero, Self.patience - waited))
            let (result, said) = try body(open, try desk())
            if let said {
                try known.withLock { known in
                    let event = try open.lastEvent()?.sequence ?? 0
                    try index.say(said, as: ("event", String(event)))
                    known?.event = event
                }
            }
            return result
        }
        _ = try desk()
        return result
    }

    /// How long a word waits while a run has the workspace.
    static let patience = Duration.seconds(10)

    /// One word at a time that is no word about pairs.
    func speakAlone<Result>(_ body: () throws -> Result) throws -> Result {
        let result = try speaking.withLock { _ in try body() }
        _ = try desk()
        return result
    }
}
