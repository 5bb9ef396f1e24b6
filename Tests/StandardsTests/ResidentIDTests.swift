import Standards
import Testing

@Suite struct ResidentIDTests {
    @Test(
        "A number is valid when check character, birth date and division are right",
        arguments: [
            ("130632200102184453", true, "2001-02-18", "M"),
            ("37140220060107962X", true, "2006-01-07", "F"),
            ("422121198012057914", true, "1980-12-05", "M"),
            ("110108200002290119", true, "2000-02-29", "M"),
            ("810000198503070412", true, "1985-03-07", "M"),
            ("830000198503070416", true, "1985-03-07", "M"),
            ("450329201409174000", true, "2014-09-17", "F"),
            ("410402201105050400", false, "2011-05-05", "F"),
            ("620402198064097760", false, nil, "F"),
            ("532327200000008175", false, nil, "M"),
            ("110113184001010211", false, "1840-01-01", "M"),
            ("990101198503070316", false, "1985-03-07", "M"),
            ("110199198503070318", false, "1985-03-07", "M"),
            ("000000000000000000", false, nil, "F"),
        ] as [(String, Bool, String?, String)])
    func validity(_ text: String, _ isValid: Bool, _ birthDate: String?, _ sex: String) throws {
        let id = try #require(ResidentID(text))
        #expect(id.isValid == isValid)
        #expect(id.birthDate?.description == birthDate)
        #expect(id.sex == sex)
        #expect(id.text == text)
    }

    @Test("A birth date in the future is known when a day is given")
    func future() throws {
        let day = try #require(CivilDate(iso: "2024-06-30"))
        let id = try #require(ResidentID("210381209901010216"))
        #expect(id.isValid && !id.isValid(asOf: day))
        #expect(try #require(ResidentID("130632200102184453")).isValid(asOf: day))
    }

    @Test(
        "Another form is no number",
        arguments: [
            "", "45032920140917426", "4503292014091742620", "37140220060107962x", "X10101198503070031",
            "11010119850307OO31", "1.10101E+17", "４５０３２９２０１４０９１７４２６２",
        ])
    func forms(_ text: String) {
        #expect(ResidentID(text) == nil)
    }

    @Test(
        "Fifteen digits get their century and check character",
        arguments: [
            ("330211331114025", "33021119331114025"), ("653001641012708", "65300119641012708"),
            ("34052480010100", nil), ("3405248001010011", nil), ("34052480010100X", nil), ("", nil),
        ] as [(String, String?)])
    func legacy(_ text: String, _ first17: String?) {
        let upgraded = ResidentID.upgrading(legacy15: text)
        #expect(upgraded.map { String($0.dropLast()) } == first17)
        #expect(upgraded.flatMap { ResidentID($0) }?.isValid == first17.map { _ in true })
    }

    @Test("Parts are the digits at their places")
    func parts() throws {
        let id = try #require(ResidentID("11010119850307043X"))
        #expect(id.division == "110101" && id.divisionCode == 110101)
        #expect(id.sequence == "043" && id.packedBirthDate == 1985_03_07)
        #expect(!id.checksumHolds && id.withRightCheckCharacter.checksumHolds)
        #expect(ResidentID(first17: "37140220060107962")?.text == "37140220060107962X")
    }
}
