import FuzzyText
import Records
import Testing

@testable import Matching

/// What lets a pair go early must never let go one that would have reached the line.
@Suite struct ProspectsTests {
    private static func classes(_ ladders: [Ladder], _ random: inout SeededRandom) -> [ModelClass] {
        (0..<5).map { index in
            let levels = ladders.map { ladder -> [Double] in
                let weights = ladder.levels.indices.map { $0 == 0 ? 0 : Double(random.below(1_000) + 1) }
                let total = weights.reduce(0, +)
                return weights.map { $0 / total }
            }
            return ModelClass(
                kind: index == 0 ? .match : index == 1 ? .moved : .key(index), name: "\(index)", start: levels,
                caps: ladders.map { _ in nil }, floors: ladders.map { _ in 0 }, strength: 0,
                share: Double(random.below(100) + 1))
        }
    }

    /// The best that a pattern can become, by trying every completion.
    private static func best(_ table: ClassTable, _ ladders: [Ladder], _ pattern: UInt64, _ open: [Int]) -> Double {
        guard let field = open.first else {
            var scratch = table.scratch
            return table.posterior(pattern, scratch: &scratch).match
        }
        return ladders[field].different.map { level in
            best(table, ladders, pattern | UInt64(level) << UInt64(field * 4), Array(open.dropFirst()))
        }.max() ?? 0
    }

    @Test(arguments: 0..<20)
    func aPairIsLetGoExactlyWhenNoCompletionReachesTheLine(_ seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let ladders = [Comparator.givenName, .surname, .date, .phone, .division].map(\.ladder)
        let table = ClassTable(Self.classes(ladders, &random))
        for line in [0.1, 0.5, 0.8, 0.99] {
            let prospects = Prospects(table, ladders: ladders, line: line)
            for _ in 0..<40 {
                let open = ladders.indices.filter { _ in random.below(2) == 1 }
                var pattern: UInt64 = 0
                for (field, ladder) in ladders.enumerated() where !open.contains(field) {
                    pattern |= UInt64(random.below(ladder.count)) << UInt64(field * 4)
                }
                let bits = open.reduce(UInt32(0)) { $0 | 1 << UInt32($1) }
                let canReach = Self.best(table, ladders, pattern, open) >= line
                #expect(prospects.canReach(pattern, open: bits) == canReach)
            }
        }
    }

    @Test func aLineOfOneIsReachedByNothingButCertainty() {
        var random = SeededRandom(seed: 1)
        let ladders = [Comparator.phone.ladder]
        let table = ClassTable(Self.classes(ladders, &random))
        #expect(!Prospects(table, ladders: ladders, line: 1).canReach(0, open: 1))
        #expect(Prospects(table, ladders: ladders, line: 0).canReach(0, open: 1))
    }

    /// Prospects count on it: two different values never reach the levels of equal ones.
    @Test(arguments: Comparator.all.map(\.name))
    func differentValuesHaveOnlyTheLevelsOfDifferentValues(_ name: String) throws {
        let comparator = try #require(Comparator.named(name))
        let texts = [
            "王小明", "王晓明", "王曉明", "wang xiaoming", "robert", "bob", "robert smith", "smith", "smyth", "r",
            "1985-03-07", "1985-07-03", "1985-03-17", "110101198503070011", "110101198503070038", "110102198503070011",
            "13800138000", "13800138001", "2000", "2001", "110101", "110103", "340111", "12 church road",
            "12 church rd",
            "北京市东城区和平路12号3室", "东城区和平路12号3室", "a@b.org", "a@c.org", "x",
        ]
        var interner = TextInterner()
        let codes = texts.map { interner.intern($0) }
        let pool = interner.pool
        for comparator in [comparator, comparator.plain] {
            let column = comparator.prepare(
                RecordTable.Column(codes: codes, values: pool, isWellFormed: Array(repeating: true, count: pool.count)),
                comparator.ladder)
            for a in codes {
                for b in codes where a != b {
                    #expect(comparator.ladder.different.contains(Int(column.level(a, b))))
                }
            }
        }
    }
}

@Suite struct QuickKeyTests {
    /// The short way of a key gives what the long way gives, or leaves the text to it.
    @Test(arguments: KeyTransform.all.filter { $0.quick != nil }.map(\.name))
    func theShortWayAgreesWithTheLongOne(_ name: String) throws {
        let transform = try #require(KeyTransform.named(name))
        let quick = try #require(transform.quick)
        var random = SeededRandom(seed: 7)
        let letters = Array("abcdeghknpstwxyz ABC'-.,0123456789éß王路号".unicodeScalars)
        var taken = 0
        for _ in 0..<20_000 {
            var text = String.UnicodeScalarView()
            let isASCII = random.below(4) > 0
            for _ in 0..<(1 + random.below(24)) { text.append(letters[random.below(isASCII ? 33 : letters.count)]) }
            var string = String(text)
            var key: [UInt8] = []
            guard string.withUTF8({ quick($0, &key) }) else {
                #expect(key.isEmpty)
                continue
            }
            taken += 1
            #expect(String(decoding: key, as: UTF8.self) == transform.key(string) ?? "")
        }
        #expect(taken > 10_000)
    }
}
