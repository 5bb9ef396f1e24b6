import Profiling
import Records
import Testing

@Suite struct OddityTests {
    static let dates = (10...28).map { "2024-01-\($0)" }
    static let many = (1000...1199).map(String.init)
    static let codes = Array(repeating: ["M", "F"], count: 50).flatMap { $0 }

    struct Case: Sendable, CustomTestStringConvertible {
        let id: String
        let kind: FieldKind
        let odd: [String]
        let usual: [String]
        let cells: Int

        init(_ id: String, _ odd: [String], of kind: FieldKind = .text, among usual: [String] = [], cells: Int = 1) {
            (self.id, self.kind, self.odd, self.usual, self.cells) = (id, kind, odd, usual, cells)
        }

        var testDescription: String { "\(id) \(odd)" }
    }

    static let cases = [
        Case("empty-column", ["", ""], cells: 0),
        Case("one-value", ["2024", "2024"], cells: 0),
        Case("spreadsheet-number", ["1.10101E+17"], of: .residentID, among: ["110101199003078811"]),
        Case("spreadsheet-number", ["5E+17"], of: .residentID, among: ["110101199003078811"]),
        Case("zeros-after-15-digits", ["110101199003078000"], of: .residentID, among: ["110101199003078811"]),
        Case("lost-characters", ["王\u{FFFD}"], among: ["王明"]),
        Case("lost-characters", ["王锟斤拷"], among: ["王小明明"]),
        Case("invisible-characters", ["王\u{200B}明"], among: ["王明"]),
        Case("control-characters", ["a\u{1}"], among: ["ab"]),
        Case("line-breaks", ["a\nb"], among: ["ab"]),
        Case("private-use-characters", ["王\u{E5E5}"], among: ["王明"]),
        Case("placeholders", ["不详"], of: .personName, among: ["王明"]),
        Case("mixed-types", ["unclear"], of: .date, among: dates),
        Case("mixed-types", ["abc"], among: many),
        Case("date-notations", ["1/2/2024"], of: .date, among: dates),
        Case("date-notations", ["20240102"], of: .date, among: dates),
        Case("spreadsheet-days", ["45321"], of: .date, among: dates),
        Case("lost-leading-zeros", ["1067"], of: .postcode, among: ["10115", "10117", "20095", "80331", "50667"]),
        Case("blanks-at-ends", ["Anna "], among: ["Anna"]),
        Case("blanks-at-ends", [" Anna"], among: ["Anna"]),
        Case("doubled-blanks", ["Anna  May"], among: ["Anna May"]),
        Case("other-blanks", ["Anna\u{A0}May"], among: ["Anna May"]),
        Case("full-width", ["１２号"], among: ["12号"]),
        Case("similar-values", ["m"], of: .code, among: codes),
        Case("rare-codes", ["X"], of: .code, among: codes),
        Case("few-repeats", ["1000"], among: many, cells: 2),
    ]

    @Test(arguments: cases)
    func `each oddity is found`(_ entry: Case) throws {
        let found = profiled(entry.usual + entry.odd, kind: entry.kind).oddities.filter { $0.id == entry.id }
        #expect(found.count == 1)
        #expect(found.first?.cells == entry.cells)
        if entry.id != "empty-column" { #expect(found.first?.examples.isEmpty == false) }
    }

    @Test(arguments: cases.filter { !$0.usual.isEmpty })
    func `and not where it is not`(_ entry: Case) {
        #expect(!profiled(entry.usual, kind: entry.kind).oddities.map(\.id).contains(entry.id))
    }

    @Test func `every oddity has a name of its own, a case here, and words in both languages`() {
        #expect(Set(Oddity.all.map(\.id)).count == Oddity.all.count)
        #expect(Set(Oddity.all.map(\.id)) == Set(Self.cases.map(\.id)))
        let titles = Self.cases.flatMap { profiled($0.usual + $0.odd, kind: $0.kind).oddities.map(\.title) }
        #expect(titles.allSatisfy { !$0.en.isEmpty && !$0.zh.isEmpty && $0.en != $0.zh })
    }

    @Test(arguments: [
        ["id", "", "name", " "], ["name", "name", "age"], ["Name", "name"], ["name", "nаme"], ["姓名", "姓 名"],
        ["first_name", "FirstName"], ["ｎame", "name"],
    ])
    func `headers that are missing, doubled or alike are remarked on`(_ headers: [String]) {
        #expect(HeaderLook.remarks(headers).count == 1)
    }

    @Test func `good headers are not`() {
        #expect(HeaderLook.remarks(["id", "name", "姓名", "birth date"]).isEmpty)
    }
}
