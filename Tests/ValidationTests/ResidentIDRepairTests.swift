import Testing

@testable import Validation

@Suite struct ResidentIDRepairTests {
    private static let female = UInt8(ascii: "F")

    @Test(arguments: [
        ("510112197809712644", Int32(1978_09_17), "510112197809172644"),
        ("510112198809172644", 1978_09_17, "510112197809172644"),
        ("510112197890172644", 1978_09_17, "510112197809172644"),
    ])
    func aSlipInTheBirthDateHasOneRepair(_ text: String, _ birth: Int32, _ expected: String) {
        #expect(ResidentIDRepair.only(text, birth: birth, sex: Self.female) == expected)
    }

    @Test(arguments: [
        ("510112197809172645", Int32(1978_09_17)),
        ("510112198809172644", 0),
        ("510112197809172644", 1951_02_03),
        ("", 1978_09_17), ("身份证", 1978_09_17),
    ])
    func manyCandidatesOrNoneGiveNoRepair(_ text: String, _ birth: Int32) {
        #expect(ResidentIDRepair.only(text, birth: birth, sex: Self.female) == nil)
    }
}

extension ResidentIDRepairTests {
    /// All slips of an id with the day and sex it says: whatever is proposed is the id the slip was made in.
    @Test func whatIsProposedForASlipInTheBirthDateIsTheOriginal() {
        let original = Array("330105200808111193".utf8)
        for index in 6..<14 {
            for digit in UInt8(ascii: "0")...UInt8(ascii: "9") where digit != original[index] {
                var slip = original
                slip[index] = digit
                let text = String(decoding: slip, as: UTF8.self)
                #expect(ResidentIDRepair.only(text, birth: 2008_08_11, sex: UInt8(ascii: "M")) == "330105200808111193")
            }
        }
    }
}
