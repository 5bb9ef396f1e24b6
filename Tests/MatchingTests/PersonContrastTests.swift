import Records
import TestSupport
import Testing

@testable import Matching

@Suite struct PersonContrastTests {
    private static let fields = [
        Field(name: "name", kind: .personName), Field(name: "id", kind: .residentID),
        Field(name: "dob", kind: .date), Field(name: "phone", kind: .phone),
    ]

    private static let former = ["李秀英", "110101197003072317", "1970-03-07", "13800138000"]

    @Test(arguments: [
        (["王建国", "440305198512246132", "1985-12-24", "13800138000"], PersonContrast.Verdict.other),
        (["王建国", "", "1985-12-24", "13912345678"], .other),
        // A number that nobody can have tells nothing, and one more detail has to speak for it.
        (["王建国", "440305198512246130", "1985-12-24", "13800138000"], .doubtful),
        (["王建国", "", "1985-12-24", ""], .doubtful),
        (["王建国", "440305198512246132", "1970-03-07", "13912345678"], .open),
        (["李秀兰", "440305198512246132", "1985-12-24", "13912345678"], .open),
        (["王建国", "440305198512246132", "", "13912345678"], .open),
        (["", "440305198512246132", "1985-12-24", "13912345678"], .open),
        (["王建国", "110101197003072317", "1985-12-24", "13912345678"], .same),
        (["李秀英", "", "1970-03-07", "13912345678"], .same),
    ])
    func `somebody else is told with certainty only`(_ now: [String], _ verdict: PersonContrast.Verdict) {
        var builder = RecordTableBuilder(Self.fields)
        builder.add([Self.former, now])
        let contrast = PersonContrast(builder.table(), birthDate: 2)
        #expect(contrast.verdict(0, 1) == verdict)
        #expect(contrast.verdict(1, 0) == verdict)
    }

    @Test func `without a birth date nothing is told`() {
        var builder = RecordTableBuilder(Self.fields)
        builder.add([Self.former, ["王建国", "440305198512246132", "1985-12-24", "13912345678"]])
        #expect(PersonContrast(builder.table(), birthDate: nil).verdict(0, 1) == .open)
    }
}
