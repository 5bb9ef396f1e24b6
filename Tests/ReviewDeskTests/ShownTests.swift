import Pipeline
import Records
import Testing
import Workspace

@testable import ReviewDesk

/// How values are shown side by side.
struct ShownTests {
    private func marked(_ pieces: [Shown.Piece]) -> String {
        pieces.map { $0.differs ? "[\($0.text)]" : $0.text }.joined()
    }

    @Test(arguments: [
        ("王小明", "王晓明", "王[小]明", "王[晓]明"),
        ("anna", "ana", "an[n]a", "ana"),
        ("", "x", "", "[x]"),
        ("same", "same", "same", "same"),
        ("ab", "cd", "[ab]", "[cd]"),
    ])
    func `what differs is marked, character by character`(_ a: String, _ b: String, _ left: String, _ right: String) {
        let (first, second) = TextDifference.pieces(a, b)
        #expect(first.map(\.text).joined() == a && second.map(\.text).joined() == b)
        #expect(marked(first).count == left.count && marked(second).count == right.count)
        let common = { (pieces: [Shown.Piece]) in pieces.filter { !$0.differs }.map(\.text).joined() }
        #expect(common(first) == common(second))
    }

    @Test func `of numbers that differ a little only the difference is shown (SEC-39)`() {
        let shown = Shown(language: .english, isRevealed: false)
        let (a, b) = shown.compared("110101198503078719", "110101198503078729", .residentID)
        #expect(marked(a) == "••••••••••••••••[1]•" && marked(b) == "••••••••••••••••[2]•")
        // More than a slip: with the birth date beside it the number could be worked out.
        let (e, f) = shown.compared("110101198503078719", "110101198503074235", .residentID)
        #expect(marked(e).contains("[×") && !(marked(e) + marked(f)).contains { $0.isNumber })
        let (c, d) = shown.compared("110101198503078719", "440305197201011234", .residentID)
        #expect(!marked(c).contains("19850307") && !marked(d).contains("19720101"))
        #expect(shown.value("110101198503078719", .residentID) == "11••••••••••••••19")
        #expect(
            Shown(language: .english, isRevealed: true).value("110101198503078719", .residentID) == "110101198503078719"
        )
    }

    @Test func `numbers in a sentence are masked, days stay`() {
        let shown = Shown(language: .english, isRevealed: false)
        #expect(
            shown.message("birth_date is “2003/11/25”, but id_number “440103200311192875” says 2003-11-19")
                == "birth_date is “2003/11/25”, but id_number “44••••••••••••••75” says 2003-11-19")
        #expect(!shown.message("the phone is 139 1234 5678 here").contains("1234"))
        #expect(Shown(language: .english, isRevealed: true).message("phone 13912345678") == "phone 13912345678")
    }

    @Test func `characters that nobody sees are shown as code points`() {
        let shown = Shown(language: .english, isRevealed: false)
        #expect(shown.visible("a\u{202E}b\u{200B}") == "a⟨U+202E⟩b⟨U+200B⟩")
        #expect(shown.visible("王·明") == "王·明")
    }

    @Test(arguments: [
        (0.9876, "98.8 %"), (1.0, "100.0 %"), (0.9999, "> 99.9 %"), (0.0, "0.0 %"), (0.0001, "< 0.1 %"),
    ])
    func `probabilities never look more certain than they are`(_ value: Double, _ text: String) {
        #expect(Percent.text(value) == text)
    }

    @Test func `the filter of a list survives its address, and an account's pool is never widened`() {
        let visitor = Visitor(name: "li", roles: [.reviewer], areas: ["1101"], sources: ["registry"])
        let query = Fields([("state", "unsure"), ("area", "110101"), ("differs", "2"), ("page", "3"), ("x", "y")])
        let filter = FilterFields.filter(query, visitor)
        #expect(filter.state == .unsure && filter.area == "110101" && filter.differs == 2)
        #expect(filter.areas == ["1101"] && filter.sources == ["registry"])
        #expect(FilterFields.place("/pairs/7", query) == "/pairs/7?state=unsure&area=110101&differs=2")
        #expect(FilterFields.place("/pairs", query, "state", nil) == "/pairs?area=110101&differs=2")
    }

    @Test(arguments: ["state=nonsense", "differs=99", "differs=-1", "least=2&most=1", "size=x", "reason=%00"])
    func `an address nobody made is no error`(_ text: String) {
        let query = Fields(urlEncoded: text.utf8) ?? Fields()
        _ = FilterFields.filter(query, Visitor(name: "li", roles: [.reviewer]))
    }
}
