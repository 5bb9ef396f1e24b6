import Foundation
import Matching
import Records
import Testing

@testable import Worker

@Suite struct WireTests {
    private static func written(_ value: String) -> String {
        var line: [UInt8] = []
        WireText.append(value.utf8, to: &line)
        return String(decoding: line, as: UTF8.self)
    }

    private static func read(_ text: String) -> String? {
        var value: [UInt8] = []
        let isRead = Array(text.utf8).withUnsafeBufferPointer { WireText.read($0, to: &value) }
        return isRead ? String(decoding: value, as: UTF8.self) : nil
    }

    @Test(arguments: [
        ("", ""), ("王小明", "王小明"), ("a\tb", "a\\tb"), ("a\nb\r", "a\\nb\\r"), ("\\N", "\\\\N"), ("\\", "\\\\"),
        ("\u{1D}\u{1F}", "\\g\\u"), ("\u{2028}\u{85}", "\u{2028}\u{85}"), ("\0", "\0"),
    ])
    func `values come back as they went`(_ value: String, _ text: String) {
        #expect(Self.written(value) == text)
        #expect(Self.read(text) == value)
    }

    @Test func `nothing is written as Spark writes it, and an unknown sign is refused`() {
        #expect(Self.read("\\N") == "")
        for text in ["\\x", "a\\", "\\NN", "\\n\\"] { #expect(Self.read(text) == nil) }
    }

    @Test func `lines are cut at newlines alone, wherever a read ends`() throws {
        for size in [1, 2, 3, 7, 4_096] {
            var rest = Array("one\n\ntwo\r\n\u{2028}x\n".utf8)[...]
            var reader = LineReader { space in
                let piece = rest.prefix(min(size, space.count))
                rest = rest.dropFirst(piece.count)
                space.copyBytes(from: piece)
                return piece.count
            }
            var lines: [String] = []
            while let line = try reader.next({ String(decoding: $0, as: UTF8.self) }) { lines.append(line) }
            #expect(lines == ["one", "", "two\r", "\u{2028}x"])
            #expect(reader.lines == 4)
        }
    }

    @Test func `a long line is read, and an input that is cut off is refused`() throws {
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        var reader = LineReader(WorkersHere.reading(long + [WireText.newline] + long))
        #expect(try reader.next { $0.count } == 1 << 20)
        #expect(throws: WorkerFailure.wire("it is cut off", line: 2)) { _ = try reader.next { $0.count } }
    }

    private static let job: ScoringJob? = {
        final class Box: @unchecked Sendable { var job: ScoringJob? }
        struct Keeping: PairScoring {
            let box: Box
            func found(_ job: ScoringJob) throws -> FoundPairs {
                box.job = job
                return try WorkersHere().found(job)
            }
        }
        let box = Box()
        _ = try? Matcher.match(
            SmallRegister.records, plan: SmallRegister.plan(), scoring: Keeping(box: box), threads: 1)
        return box.job
    }()

    /// Statuses of both workers and of the reader of their results; a crash would end the test.
    private static func status(_ body: () throws -> Void) -> Int32 {
        do {
            try body()
            return 0
        } catch { return (error as? WorkerFailure)?.status ?? -1 }
    }

    @Test func `whatever stands on the wire is read or refused with a line, and never a value`() throws {
        let job = try #require(Self.job)
        let work = try #require(PairWork(job.description(cap: 30, hash: "h")))
        let workers = WorkersHere()
        var rows: [UInt8] = []
        for row in 0..<60 {
            WireRow.append(row, of: job, to: &rows)
            rows.append(WireText.newline)
        }
        let keyed = try WorkersHere.lines(workers.keys(work, rows)).filter { $0.first == UInt8(ascii: "K") }
            .map { Array($0.dropFirst(2)) }.sorted { $0.lexicographicallyPrecedes($1) }
        let blocks = Array(keyed.joined(separator: [WireText.newline])) + [WireText.newline]
        let pairs = try workers.pairs(work, blocks)
        var random = SystemlessRandom(state: 3)
        let signs = Array("\t\n\r\\\u{1D}\u{1F}0159afKPELNST:xN".utf8) + [0, 0xFF, 0xC3]
        var statuses: [Int32: Int] = [:]
        for round in 0..<6_000 {
            var bytes = [rows, blocks, pairs][round % 3]
            for _ in 0..<(1 + random.below(4)) {
                let place = random.below(bytes.count)
                switch random.below(4) {
                case 0: bytes[place] = signs[random.below(signs.count)]
                case 1: bytes.insert(signs[random.below(signs.count)], at: place)
                case 2: bytes.remove(at: place)
                default: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(40)))
                }
                if bytes.isEmpty { bytes = [0] }
            }
            let status = Self.status {
                switch round % 3 {
                case 0: _ = try workers.keys(work, bytes)
                case 1: _ = try workers.pairs(work, bytes)
                default: _ = try FoundPairs.read(LineReader(WorkersHere.reading(bytes)))
                }
            }
            statuses[status, default: 0] += 1
        }
        #expect(Set(statuses.keys) == [0, 65])
        #expect((statuses[65] ?? 0) > 2_000)
    }

    @Test func `blocks out of order, a row twice in one, and lost lines are noticed`() throws {
        let job = try #require(Self.job)
        let work = try #require(PairWork(job.description(cap: 2_000, hash: "h")))
        let workers = WorkersHere()
        var line: [UInt8] = []
        WireRow.append(3, of: job, to: &line)
        let payload = String(decoding: line, as: UTF8.self).split(separator: "\t")[2]
        func input(_ lines: [String]) -> [UInt8] { Array(lines.map { $0 + "\t" + payload + "\n" }.joined().utf8) }
        #expect(try !workers.pairs(work, input(["0:a\t0\t0\t1", "0:a\t0\t0\t2", "0:b\t0\t0\t1"])).isEmpty)
        for lines in [
            ["0:b\t0\t0\t1", "0:a\t0\t0\t2"], ["0:a\t0\t0\t1", "0:b\t0\t0\t1", "0:a\t0\t0\t2"],
            ["0:a\t0\t0\t1", "0:a\t0\t0\t1"], ["9:a\t0\t0\t1"], ["0:a\t1\t0\t1"], ["0:a\u{1D}0\u{1D}1\t0\t0\t1"],
        ] {
            #expect(Self.status { _ = try workers.pairs(work, input(lines)) } == 65, "\(lines)")
        }
        let output = try workers.pairs(work, input(["0:a\t0\t0\t1", "0:a\t0\t0\t2"]))
        let lines = WorkersHere.lines(output)
        for lost in 0..<(lines.count - 1) {
            var fewer = lines
            fewer.remove(at: lost)
            let bytes = Array(fewer.joined(separator: [WireText.newline])) + [WireText.newline]
            #expect(Self.status { _ = try FoundPairs.read(LineReader(WorkersHere.reading(bytes))) } == 65)
        }
    }
}
