import Records
import Rules
import Synchronization
import Workspace

/// What the pages of the desk stand on from one event to the next. Each part is worked out when a page first needs it, and serves
/// all pages until somebody says another word.
final class DeskMoment: Sendable {
    let desk: DeskRun
    /// The newest event.
    let event: Int
    /// The newest erasure.
    let erasure: Int
    /// Of the run: nothing that is said later changes it.
    private let run: Kept<RunState>
    private let cells = Kept<(day: String, standing: Standing, exclusions: Exclusions)>()
    private let uncounted = Kept<(withdrawn: Set<Int>, waiting: Set<Int>)>()
    /// Words that wait for a second person, with the records that they are about.
    private let proposed = Kept<[(word: ApproveRun.Waiting, records: Set<Int64>)]>()
    /// Values that were written since the run.
    private let written = Kept<[StoredOverride]>()
    /// Pairs that were taken apart since the run.
    private let parted = Kept<[Decision]>()
    /// Findings whose proposal somebody has made their word.
    private let settled = Kept<Set<UInt64>>()

    /// - Parameter before: the moment before; what holds for all of the run is taken from there.
    init(_ desk: DeskRun, event: Int, erasure: Int, after before: DeskMoment?) {
        (self.desk, self.event, self.erasure) = (desk, event, erasure)
        let isSame = before.map { $0.desk.run.id == desk.run.id && $0.erasure == erasure } ?? false
        run = isSame ? before?.run ?? Kept() : Kept()
    }

    /// The newest run as somebody asks about its persons.
    func runState(_ store: WorkspaceStore) throws -> RunState {
        try run.value { try RunState(store, desk.run, desk.book) }
    }

    /// What decides the cells of persons now, beside their records, and the records that are used for nothing.
    func cells(_ store: WorkspaceStore, day: String) throws -> (standing: Standing, exclusions: Exclusions) {
        func made() throws -> (day: String, standing: Standing, exclusions: Exclusions) {
            let standing = try Standing(
                store, run: desk.run.id + 1, day: day, rules: desk.run.rules, moment: Moment(after: event),
                isOfCells: true)
            return (day, standing, try standing.exclusions(desk.book))
        }
        let now = try cells.value(made) { $0.day == day }
        return (now.standing, now.exclusions)
    }

    /// Words that wait for a second person, with the records that they are about.
    func proposed(
        _ find: () throws -> [(word: ApproveRun.Waiting, records: Set<Int64>)]
    ) throws -> [(word: ApproveRun.Waiting, records: Set<Int64>)] { try proposed.value(find) }

    /// Values that were written since the run and count: the next one takes them in.
    func written(_ store: WorkspaceStore) throws -> [StoredOverride] {
        try written.value { try store.liveOverrides().filter { $0.event > desk.run.basis } }
    }

    /// Pairs that were said to be two persons since the run, or not to be put together before somebody decides.
    func parted(_ store: WorkspaceStore) throws -> [Decision] {
        try parted.value { try store.decisions(since: desk.run).filter { $0.verdict != .same } }
    }

    /// Findings whose proposal somebody has made their word.
    func settledProposals(_ find: () throws -> Set<UInt64>) throws -> Set<UInt64> { try settled.value(find) }

    /// Events that count as if they had never been, and of these the ones that wait for a second person.
    func uncounted(_ store: WorkspaceStore) throws -> (withdrawn: Set<Int>, waiting: Set<Int>) {
        try uncounted.value { (try store.withdrawnEvents(), try store.waitingEvents()) }
    }
}

/// A value that is made once, by whoever asks first, and again when it does not serve any more; others wait for it.
private final class Kept<Value: Sendable>: Sendable {
    private let made = Mutex<Value?>(nil)

    func value(_ make: () throws -> Value, serves: (Value) -> Bool = { _ in true }) throws -> Value {
        try made.withLock { made in
            if let made, serves(made) { return made }
            let value = try make()
            made = value
            return value
        }
    }
}
