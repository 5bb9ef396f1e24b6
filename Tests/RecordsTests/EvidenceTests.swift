import Records
import Testing

@Suite struct EvidenceTests {
    private static let all: [Evidence.Reason] =
        [
            .majority(2, against: 1), .origin(RecordKey(source: "a b", recordID: "1,2"), value: "王\t秀英"),
            .candidate(RecordKey(source: "a", recordID: "x"), value: ""), .checkCharacter, .residentID, .birthDate,
            .usedByOthers, .confirmed(3), .commonName, .source("registry"), .elsewhere, .readable,
            .otherDate("registered"),
            .undecided,
        ] + Evidence.Slip.allCases.map { .slip($0) }

    private func finding(_ detail: String) -> Finding {
        Finding(
            kind: .error, check: "c", severity: .error, row: 1, field: 2, suggestion: "s", otherRow: 3, detail: detail)
    }

    @Test(arguments: all)
    func everyReasonTravelsWithAFindingAndReadsInBothLanguages(_ reason: Evidence.Reason) {
        let sent = finding(Finding.detail("1985-03-07", Evidence([reason, .undecided])))
        #expect(sent.evidence == Evidence([reason, .undecided]))
        #expect(sent.statement == "1985-03-07")
        #expect(sent.withoutEvidence.detail == "1985-03-07")
        let text = Evidence([reason]).text
        #expect(!text.en.isEmpty && !text.zh.isEmpty && text.en != text.zh)
    }

    @Test func withoutReasonsNothingIsAdded() {
        #expect(Finding.detail("x", Evidence()) == "x")
        #expect(finding("x").evidence.reasons.isEmpty)
        #expect(finding("x").evidence.text.en.isEmpty)
    }

    @Test func aRevisionKeepsWhatItDoesNotChange() {
        let old = finding("x")
        let new = old.revised(suggestion: "t", evidence: Evidence([.residentID]))
        #expect(new.suggestion == "t" && new.field == 2 && new.otherRow == 3 && new.check == "c" && new.row == 1)
        #expect(new.statement == "x")
        #expect(old.revised(field: .some(5), evidence: Evidence()).field == 5)
    }
}
