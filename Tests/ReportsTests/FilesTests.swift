import Records
import Testing

@testable import Reports

struct FilesTests {
    private let records = sampleRecords()

    @Test func `the master has one row per person in the schema's columns`() throws {
        let text = try written { try MasterFile.write(sampleMaster(), records, to: &$0) }
        #expect(
            text == """
                person_id,name,sex,birth_date,records,grade
                P0000001,张三,M,1985-03-07,2,A
                P0000002,李四,F,,1,C

                """)
    }

    @Test func `members stand in the order of the exports`() throws {
        let text = try written { try MembersFile.write(sampleMaster(), records, to: &$0) }
        #expect(
            text == """
                source,record_id,person_id
                registry,R1,P0000001
                registry,R2,P0000002
                dossier,"D,1",P0000001

                """)
    }

    @Test func `pairs name their levels, class and key`() throws {
        let comparison = ComparedField(
            field: "name", comparator: "person_name", levels: ["missing", "else", "exact"], weights: [0, -5, 8])
        let pair = ScoredPair(
            a: 0, b: 2, levels: 2, weight: 8.12345, probability: 0.99641, key: 0, likeliestClass: 1, outcome: .merged)
        let decided = ScoredPair(
            a: 1, b: 2, levels: 15, weight: -3, probability: 0.1, key: 255, likeliestClass: 255, outcome: .heldApart)
        let key = BlockingSummary(
            key: "name + birth_date", pairs: 1, newPairs: 1, largestBlock: 2)
        let classes = ["other", "match"].map {
            ModelSummary.Class(name: $0, isMatch: $0 == "match", share: 0.5, levels: [])
        }
        let model = ModelSummary(
            classes: classes, iterations: 1, converged: true, candidatePairs: 1, patterns: 1, mergeLine: 0.99,
            reviewLine: 0.5,
            expectedPrecision: (1, 0), expectedRecall: (1, 0), warnings: [])
        let matches = Matches(
            comparisons: [comparison], blocking: [key], model: model, pairs: [pair, decided], groups: [0, 1, 0])
        let text = try written { try PairsFile.write(matches, records, to: &$0) }
        #expect(
            text == """
                a_source,a_record_id,b_source,b_record_id,probability,weight,decision,class,key,name
                registry,R1,dossier,"D,1",0.996410,8.123,merged,match,name + birth_date,exact
                registry,R2,dossier,"D,1",0.100000,-3.000,held-apart,,,

                """)
    }

    @Test func `findings and issues are sorted by source, line, field and check`() throws {
        let findings = [
            Finding(kind: .error, check: "b", severity: .error, row: 2, field: 2, suggestion: "1985-03-08"),
            Finding(kind: .error, check: "z", severity: .info, row: 0, field: 1),
            Finding(kind: .error, check: "a", severity: .info, row: 0, field: 1),
            Finding(kind: .duplicate, check: "d", severity: .warning, row: 0, otherRow: 2),
        ]
        let issues = [
            ImportIssue(
                check: "ragged-row", severity: .error, source: "registry", place: Place(file: "r.csv", line: 3),
                raw: "x\"y",
                message: Text(en: "Too short", zh: "太短")),
            ImportIssue(
                check: "guess", severity: .info, source: "dossier", place: Place(file: "d.csv"),
                message: Text(en: "Guessed", zh: "推断")),
        ]
        func text(_ findings: [Finding], _ issues: [ImportIssue]) throws -> String {
            let ledger = Ledger(findings, in: records)
            return try written {
                try FindingsFile.write(findings, ledger: ledger, issues: issues, records, language: .english, to: &$0) {
                    finding, _, _ in "\(finding.check)!"
                }
            }
        }
        let lines = try text(findings, issues).split(separator: "\n")
        let rest = lines.dropFirst().map { $0.drop { $0 != "," } }
        #expect(
            rest == [
                ",duplicate,d,warning,registry,R1,2,,\"dossier D,1\",,d!,open,,,,,",
                ",error,a,info,registry,R1,2,sex,男,,a!,open,registry,,,,",
                ",error,z,info,registry,R1,2,sex,男,,z!,open,registry,,,,",
                ",error,ragged-row,error,registry,,3,,\"x\"\"y\",,Too short,open,registry,,,,",
                ",error,guess,info,dossier,,,,,,Guessed,open,dossier,,,,",
                ",error,b,error,dossier,\"D,1\",2,birth_date,19850307,1985-03-08,b!,open,dossier,,,,",
            ])
        #expect(Set(lines.map { $0.prefix { $0 != "," } }).count == lines.count)
        #expect(try text(findings.reversed(), issues.reversed()) == text(findings, issues))
    }

    @Test func `a waived finding stands in the file with who, why and until when`() throws {
        let finding = Finding(kind: .error, check: "b", severity: .error, row: 2, field: 2)
        let ledger = Ledger(
            ids: [0xF], states: [.waived], firstRuns: [3],
            waivers: [0: Waiver(finding: 0xF, by: "wang", reason: "card, seen", at: "", until: "2027-06-30", value: 0)])
        let text = try written {
            try FindingsFile.write([finding], ledger: ledger, issues: [], records, language: .english, to: &$0) {
                _, _, _ in "m"
            }
        }
        #expect(
            text.split(separator: "\n").last
                == "F000000000000000f,error,b,error,dossier,\"D,1\",2,birth_date,19850307,,m,waived,dossier,3,wang,\"card, seen\",2027-06-30"
        )
    }

    @Test func `every record has its grade, every rate its parts`() throws {
        let grades = try written {
            try GradesFile.write(records, plan: QualityPlan(), to: &$0) { [0, 7, 9][$0] }
        }
        #expect(
            grades == """
                source,record_id,line,grade,points
                registry,R1,2,A,0
                registry,R2,3,C,7
                dossier,"D,1",2,D,9

                """)
        let rows = try written { try QualityFile.write(sampleRun(.english), to: &$0) }.split(separator: "\n")
        #expect(rows[0] == "scope,source,level,area,area_name,dimension,numerator,denominator,rate,colour")
        #expect(rows[1] == "source,registry,,,,completeness,60520,61070,0.990994,green")
        #expect(rows.contains("source,registry,,,,timeliness,,,,"))
        #expect(rows.contains("source,registry,,,,overall,,,,red"))
        #expect(rows.contains { $0.hasPrefix("area,,county,510105,青羊区,validity,") })
        #expect(rows.contains("area,,county,510113,青白江区,completeness,,,,withheld"))
        #expect(rows.last == "all,,,,,overall,,,,red")
    }

    @Test func `changes are written as they are told`() throws {
        let text = try written { sink in
            try ChangesFile.write(records, to: &sink) { emit in
                try emit(.init(personID: "P1", row: 2, field: 1, rule: "majority"))
            }
        }
        #expect(text == "person_id,source,record_id,field,before,after,rule\nP1,dossier,\"D,1\",sex,1,M,majority\n")
    }

    @Test func `a cell that a person filled is a change of no record`() throws {
        let said = CellOverride(
            field: 1, rows: [2], text: "M", by: "wang", at: "2026-03-01T08:00:00Z", reason: "seen", event: 7)
        let text = try written { sink in
            try ChangesFile.write(records, to: &sink) { emit in
                try emit(
                    .init(
                        personID: "P1", row: nil, field: 1, rule: "override",
                        replacement: Master.Replacement(text: "M", cause: .override(said), instead: Master.noRow)))
            }
        }
        #expect(text.hasSuffix("\nP1,,,sex,,M,\"override by wang, event 7\"\n"))
    }
}
