import Records
import Testing

@testable import Matching

/// What a trace shows is what normalising does.
struct TraceTests {
    private static let texts = [
        "", " ", "不详", "NULL", "王 小明", "Ｗａｎｇ　Ｘｉａｏ", "Dr. José Müller-Ōe", "O’Brien, Patrick", "19850307", "1985年3月7日",
        "31/02/1980", "１９８５－０３－０７", "33010219850307123x", "330102850307123", "330102001", "0571-8888 1234",
        "＋86 138-0013-8000",
        "浙江省杭州市上城区延安路１号", "12 Main St.", "a@B.C", "男", "M", "汉族", "'0012", "\"quoted\"", "e\u{301}", "\u{200B}王", "-",
        "1.50",
    ]

    @Test(arguments: FieldKind.allCases)
    func `the last step of a trace is the normalised value`(_ kind: FieldKind) {
        for order in [nil, .dayFirst, .monthFirst, .yearFirst] as [DateOrder?] {
            let field = Field(name: "f", kind: kind, codes: ["男": "1", "汉族": "01"], dateOrder: order)
            let normalizer = Normalizer(for: field)
            var state: UInt64 = 1
            func next(_ bound: Int) -> Int {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Int(state >> 33) % bound
            }
            for round in 0..<2_000 {
                var text = Self.texts[round % Self.texts.count]
                if round >= Self.texts.count {
                    // Pieces of two texts, so that steps meet what they do not expect.
                    let other = Self.texts[next(Self.texts.count)].unicodeScalars
                    let own = text.unicodeScalars.prefix(next(text.unicodeScalars.count + 1))
                    text = String(String.UnicodeScalarView(own + other.suffix(next(other.count + 1))))
                }
                let trace = normalizer.trace(text)
                let end = trace.last?.text ?? text
                #expect(
                    Array(end.utf8) == Array(normalizer.normalize(text).value.utf8), "\(kind) \(text.debugDescription)")
                var before = text
                for (step, after) in trace {
                    #expect(Array(before.utf8) != Array(after.utf8), "\(step)")
                    before = after
                }
            }
        }
    }
}
