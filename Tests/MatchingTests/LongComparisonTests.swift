import Foundation
import Records
import TestSupport
import Testing

@testable import Matching

/// REL-11: a comparison that was killed goes on where it was, and finds what one that was not killed finds.
@Suite struct LongComparisonTests {
    private static let records = SmallRegistry.shared.records

    private static let plan = SmallRegistry.plan([[2], [1], [0]])

    private static let plain: Matches? = try? Matcher.match(records, plan: plan, threads: 2)

    /// A comparison whose pieces are kept in a file of its own, however few they are.
    private struct Kept {
        let path = NSTemporaryDirectory() + "pieces-\(UInt64.random(in: 0 ... .max))"

        /// - Returns: what was found, and the share that needed no comparing.
        func match(_ records: RecordTable = LongComparisonTests.records, tool: String = "1", threads: Int = 2) throws
            -> (matches: Matches, kept: Double)
        {
            let advance = Advance()
            let long = LongComparison(path: path, tool: tool, advance: advance, leastPairs: 0)
            let matches = try Matcher.match(records, plan: LongComparisonTests.plan, long: long, threads: threads)
            #expect(advance.share == 1)
            return (matches, advance.keptShare)
        }

        var bytes: [UInt8] { Array(FileManager.default.contents(atPath: path) ?? Data()) }

        func leave(_ bytes: some Sequence<UInt8>) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

        func remove() { unlink(path) }
    }

    private func expectSame(_ found: Matches) throws {
        let plain = try #require(Self.plain)
        #expect(found.groups == plain.groups)
        #expect(found.pairs.map(\.a) == plain.pairs.map(\.a))
        #expect(found.pairs.map(\.b) == plain.pairs.map(\.b))
        #expect(found.pairs.map(\.levels) == plain.pairs.map(\.levels))
        #expect(found.pairs.map(\.probability) == plain.pairs.map(\.probability))
        #expect(found.letGo.pairs == plain.letGo.pairs)
        #expect(found.letGo.totals == plain.letGo.totals)
        #expect(found.model.candidatePairs == plain.model.candidatePairs)
        #expect(found.model.cutShort == plain.model.cutShort)
        #expect(found.blocking.map(\.newPairs) == plain.blocking.map(\.newPairs))
    }

    @Test(arguments: [1, 4, 16]) func `REL-11: what was finished is not compared again, with any number of threads`(
        _ threads: Int
    ) throws {
        let kept = Kept()
        defer { kept.remove() }
        let first = try kept.match()
        #expect(first.kept == 0)
        try expectSame(first.matches)
        let second = try kept.match(threads: threads)
        #expect(second.kept == 1)
        try expectSame(second.matches)
    }

    @Test func `REL-11: a file that breaks off anywhere serves as far as it goes`() throws {
        let kept = Kept()
        defer { kept.remove() }
        _ = try kept.match()
        let whole = kept.bytes
        var random = SeededRandom(seed: 11)
        var shares: Set<Double> = []
        for end in [0, 1, 23, 24, 25, 39, 40, whole.count - 1] + (0..<12).map({ _ in random.below(whole.count) }) {
            try kept.leave(whole[..<end])
            let again = try kept.match()
            #expect(again.kept < 1)
            shares.insert(again.kept)
            try expectSame(again.matches)
            // What was missing stands in it now.
            #expect(try kept.match().kept == 1)
        }
        #expect(shares.count > 1)
    }

    @Test func `a byte that is another one is never believed`() throws {
        let kept = Kept()
        defer { kept.remove() }
        _ = try kept.match()
        let whole = kept.bytes
        var random = SeededRandom(seed: 12)
        for _ in 0..<24 {
            var bytes = whole
            bytes[random.below(bytes.count)] ^= UInt8(1 + random.below(255))
            try kept.leave(bytes)
            let again = try kept.match()
            #expect(again.kept < 1)
            try expectSame(again.matches)
        }
    }

    @Test func `pieces of other records, or of another version of the tool, are left`() throws {
        let kept = Kept()
        defer { kept.remove() }
        _ = try kept.match()
        #expect(try kept.match(tool: "2").kept == 0)
        var builder = RecordTableBuilder(Self.records.schema.fields)
        let rows = (0..<Self.records.count).map { row in
            Self.records.schema.fields.indices.map { row == 7 && $0 == 0 ? "Another" : Self.records.value(row, $0) }
        }
        builder.add(rows, recordIDs: (0..<rows.count).map { Self.records.key($0).recordID })
        #expect(try kept.match(builder.table(), tool: "2").kept == 0)
    }

    @Test func `nobody else may read it, and two runs do not write into one`() throws {
        let kept = Kept()
        defer { kept.remove() }
        let held = try #require(PieceLog(kept.path, key: 1))
        #expect(PieceLog(kept.path, key: 1) == nil)
        held.append(3, [1, 2, 3])
        var status = stat()
        #expect(stat(kept.path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        #expect(held.count == 0)
    }

    @Test func `a short comparison leaves no file`() throws {
        let kept = Kept()
        let long = LongComparison(path: kept.path, tool: "1")
        _ = try Matcher.match(Self.records, plan: Self.plan, long: long, threads: 2)
        #expect(!FileManager.default.fileExists(atPath: kept.path))
    }
}
