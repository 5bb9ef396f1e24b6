import Records
import Standards
import Testing

@testable import Matching

/// Numbers as people enter them: normalised, then judged. Random draws by GB 11643, no real person is meant.
@Suite struct ResidentIDVectorTests {
    @Test(
        "A number as entered is judged right after normalising",
        arguments: [
            ("130632200102184453", true), ("410402201105050402", true), ("37140220060107962X", true),
            ("422121198012057914", true), ("542226198010083718", true),
            ("330211331114025", true), ("532925311223513", true), ("653001641012708", true),
            ("110108200002290119", true), ("810000198503070412", true), ("830000198503070416", true),
            ("４５０３２９２０１４０９１７４２６２", true), ("450329 20140917 4262", true), ("'450329201409174262", true),
            ("37140220060107962x", true), ("450329201409174000", true),
            ("410402201105050400", false), ("36083020140903195X", false), ("620402198064097760", false),
            ("211081202302306667", false), ("441823190013010373", false), ("532327200000008175", false),
            ("210381209901010216", false), ("540121215006150212", false), ("110113184001010211", false),
            ("990101198503070316", false), ("110199198503070318", false), ("45032920140917426", false),
            ("4503292014091742620", false), ("231221200310034000", false), ("", false), ("000000000000000000", false),
            ("111111111111111111", false), ("1.10101E+17", false), ("11010119850307OO31", false),
            ("X10101198503070031", false),
        ])
    func judged(_ entered: String, _ isValid: Bool) throws {
        let today = try #require(CivilDate(iso: "2024-06-30"))
        let normalizer = Normalizer(for: Field(name: "id", kind: .residentID))
        #expect((ResidentID(normalizer.normalize(entered).value)?.isValid(asOf: today) ?? false) == isValid)
    }
}
