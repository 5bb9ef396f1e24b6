import Records
import Standards
import Testing

@testable import Matching

/// A resident id as an office may write it, and what is to come of it: valid as it stands, valid once normalised, or wrong.
private struct Written: Sendable, CustomTestStringConvertible {
    enum Answer: Sendable {
        case valid(sex: String, birth: String)
        case wrong
        case missing
    }

    let text: String
    let answer: Answer

    var testDescription: String { "“\(text)”" }

    static func valid(_ text: String, _ sex: String, _ birth: String) -> Written {
        Written(text: text, answer: .valid(sex: sex, birth: birth))
    }

    static func wrong(_ text: String) -> Written { Written(text: text, answer: .wrong) }
    static func missing(_ text: String) -> Written { Written(text: text, answer: .missing) }
}

private let table: [Written] = [
    .valid("510112197809172644", "F", "1978-09-17"),
    .valid("510182193912096812", "M", "1939-12-09"),
    // The 29th of February of a leap year.
    .valid(made("110108", "20000229", "011"), "M", "2000-02-29"),
    // Dissolved divisions, for people born before.
    .valid(made("422121", "19801205", "791"), "M", "1980-12-05"),
    .valid(made("110103", "20020203", "264"), "F", "2002-02-03"),
    // Residents of Hong Kong, Macao and Taiwan.
    .valid(made("810000", "19850307", "041"), "M", "1985-03-07"),
    .valid(made("820000", "19850307", "042"), "F", "1985-03-07"),
    .valid(made("830000", "19850307", "041"), "M", "1985-03-07"),
    // 15 digits, with and without blanks.
    .valid("510112780917264", "F", "1978-09-17"),
    .valid("510112 780917 264", "F", "1978-09-17"),
    // X in lower case, as × and in full width.
    .valid(withX.lowercased(), "F", xBirth),
    .valid(withX.replacing("X", with: "×"), "F", xBirth),
    .valid("５１０１１２１９７８０９１７２６４４", "F", "1978-09-17"),
    // Blanks, a quote against spreadsheets, marks, a label, a character of no width.
    .valid(" 510112 19780917 2644", "F", "1978-09-17"),
    .valid("'510112197809172644", "F", "1978-09-17"),
    .valid("510112-19780917-2644", "F", "1978-09-17"),
    .valid("身份证:510112197809172644", "F", "1978-09-17"),
    .valid("公民身份号码：510112197809172644", "F", "1978-09-17"),
    .valid("ID: 510112197809172644", "F", "1978-09-17"),
    .valid("51011219780917\u{200B}2644", "F", "1978-09-17"),

    .wrong("510112197809172645"),
    .wrong("510112197809172646"),
    // Neighbours exchanged.
    .wrong("510112197809176244"),
    .wrong("510112197890172644"),
    // No such day, the future of a century, before the register.
    .wrong(made("510112", "19780931", "264")),
    .wrong(made("510112", "20230229", "264")),
    .wrong(made("510112", "20991231", "264")),
    .wrong(made("510112", "18400101", "264")),
    // Divisions that never were.
    .wrong(made("519999", "19780917", "264")),
    .wrong(made("990101", "19780917", "264")),
    .wrong(made("000000", "19780917", "264")),
    // Lengths and letters.
    .wrong("51011219780917264"),
    .wrong("5101121978091726440"),
    .wrong("X10112197809172644"),
    .wrong("51O112197809172644"),
    .wrong("5l0112197809172644"),
    .wrong("510112********2644"),
    // Spreadsheets.
    .wrong("5.10112E+17"),
    .wrong("510112197809172000"),
    // Other documents, and what is no number at all.
    .wrong("E12345678"),
    .wrong("没有证件"),
    .wrong("111111111111111111"),
    .missing("000000000000000000"),
    .missing(""),
    .missing("无"),
    .missing("******"),
]

private func made(_ division: String, _ birth: String, _ sequence: String) -> String {
    ResidentID(first17: division + birth + sequence)?.text ?? ""
}

/// The first number of a woman born on a day of 1990 whose check character is X.
private let withX =
    (0..<500).lazy.map { made("510112", "19900101", String(1000 + $0 * 2).suffix(3).description) }
    .first { $0.hasSuffix("X") } ?? ""
private let xBirth = "1990-01-01"

@Suite struct ResidentIDKindsTests {
    private let normalizer = Normalizer(for: Field(name: "id", kind: .residentID))
    private static let today = CivilDate(year: 2026, month: 11, day: 1)

    @Test(arguments: table)
    private func everyWayOfWritingAnIDGetsItsAnswer(_ written: Written) throws {
        let value = normalizer.normalize(written.text).value
        let id = ResidentID(value)
        let today = try #require(Self.today)
        switch written.answer {
        case .valid(let sex, let birth):
            let id = try #require(id)
            #expect(id.isValid(asOf: today))
            #expect(id.sex == sex)
            #expect(id.birthDate?.description == birth)
        case .wrong:
            #expect(!value.isEmpty)
            #expect(id?.isValid(asOf: today) != true)
        case .missing: #expect(value.isEmpty)
        }
    }

    @Test func ofNumbersDamagedBySpreadsheetsSomeStillPass() {
        // 15 digits are kept and the last three lost: the check character 0 fits one number in eleven.
        let damaged = (0..<3_000).map { number in
            let birth = String(19_500_101 + number / 280 * 10_000 + number / 28 % 10 * 100 + number % 28)
            return made("510112", birth, "264").prefix(14) + String(number % 10) + "000"
        }
        let passing = damaged.count { ResidentID($0)?.isValid == true }
        #expect((180...360).contains(passing))
    }

    @Test func everySlipOfOneDigitIsSeen() {
        let good = Array("510112197809172644".utf8)
        for index in good.indices {
            for digit in UInt8(0x30)...0x39 where digit != good[index] {
                var slip = good
                slip[index] = digit
                #expect(ResidentID(String(decoding: slip, as: UTF8.self))?.checksumHolds == false)
            }
        }
    }
}
