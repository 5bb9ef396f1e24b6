import Foundation
import Records

/// A comparison that may take long: where it keeps what it has finished, so that a run that was killed goes on there, and how far
/// it has come.
///
/// The file holds numbers of rows and patterns of levels, no values. Whoever makes the run takes it away when that is over.
package struct LongComparison: Sendable {
    package let path: String
    /// Version of the tool: another one may compare otherwise.
    package let tool: String
    package let advance: Advance?
    /// Pairs of all blocks from which on a comparison is long: fewer take seconds.
    package let leastPairs: Int

    /// Half a minute's work of a small machine.
    package static let longFrom = 50_000_000

    package init(path: String, tool: String, advance: Advance? = nil, leastPairs: Int = longFrom) {
        self.path = path
        self.tool = tool
        self.advance = advance
        self.leastPairs = leastPairs
    }

    package func delete() { unlink(path) }

    /// That of a comparison, with the pieces that an earlier run of the same comparison left; `nil` for one that is not long, or
    /// where no file can be had. Nothing depends on it.
    func open(_ context: MatchContext, _ fitted: FittedModel, line: Double, threads: Int) -> PieceLog? {
        guard context.walk.pairs >= leastPairs else { return nil }
        return PieceLog(path, key: key(context, fitted, line, threads))
    }

    /// Of all that decides what a piece brings.
    private func key(_ context: MatchContext, _ fitted: FittedModel, _ line: Double, _ threads: Int) -> UInt64 {
        var hash = StableHash()
        hash.combine(tool)
        hash.combine(context.plan.fingerprint(context.records.schema))
        hash.combine("\(line) \(fitted.table.calibration.map { "\($0.shift) \($0.slope)" } ?? "")")
        for entry in fitted.classes { hash.combine("\(entry.name) \(entry.share) \(entry.levels)") }
        let prints = RowPrints(
            context.columns, context.copies, records: context.records, plan: context.plan, threads: threads
        ).prints
        prints.withUnsafeBytes { hash.combine($0.bindMemory(to: UInt8.self)) }
        return hash.value
    }
}
