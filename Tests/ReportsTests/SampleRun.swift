import Records

@testable import Reports

/// Facts of an imaginary run over three offices, made up by hand so that every part of the report has something to show.
func sampleRun(_ language: Language) -> RunFacts {
    var facts = RunFacts(
        title: language == .chinese ? "青河县残疾人康复服务对象登记库" : "Client registry of the rehabilitation programme",
        purpose: language == .chinese
            ? "年度统计前对服务对象去重、核错、补漏" : "Deduplicate the client registry before the yearly count",
        language: language, toolVersion: "0.1.0", rulesFile: "registry.yaml",
        rulesSHA256: "8c1f5b0f9d7c0c6e53a0f2b1f97b6a3bb7c5ce0a4b9b1c9a3e1d6f5a2b4c7d80", day: "2026-11-21",
        actor: "registry-office")
    facts.fields = sampleFields
    facts.sources = sampleSources
    facts.persons = 15_118
    facts.groups = [(1, 8_674), (2, 3_538), (3, 2_611), (4, 259), (5, 28), (6, 6), (7, 2)].map {
        RunFacts.GroupSize(size: $0, persons: $1)
    }
    facts.grades = zip(Grade.allCases, [9_876, 4_021, 1_198, 23]).map { RunFacts.GradeCount(grade: $0, persons: $1) }
    facts.checks = sampleChecks
    facts.issues = sampleIssues
    facts.matching = sampleMatching
    facts.corrections = [
        CorrectionsFile.Summary(
            source: "registry", file: "corrections/registry.csv", encoding: "utf-8", changes: 812, fills: 1_240,
            merges: 396, guardedCells: 3),
        CorrectionsFile.Summary(
            source: "community", file: "corrections/community.csv", encoding: "utf-8", changes: 1_405, fills: 988,
            merges: 121, guardedCells: 0),
        CorrectionsFile.Summary(
            source: "dossier", file: "corrections/dossier.csv", encoding: "gb18030", changes: 366, fills: 204,
            merges: 0,
            guardedCells: 0),
    ]
    facts.changedCells = 6_412
    facts.identity = RunFacts.IdentityFacts(kept: 14_902, new: 214, returned: 2, merged: 17, split: 3)
    facts.ledgerChanges = LedgerChanges(
        new: 211, returned: 9, open: 5_166, waived: 14, healed: 1_730, vanished: 12, lapsed: 1)
    facts.quality = sampleQuality
    facts.sensitiveFeatures = [
        RunFacts.SensitiveFeature(
            field: "ethnic_group",
            reason: language == .chinese ? "同名者多，经数据保护负责人批准" : "Many namesakes; approved by the data protection officer"
        )
    ]
    facts.warnings = [
        Text(
            en: "Source “hospital” has no file and was left out. Give HOSPITAL=PATH to include it.",
            zh: "来源“hospital”没有指定文件，已略过。可用 hospital=路径 加入。")
    ]
    facts.reviewCommand = "qingku review registry.yaml"
    facts.findingsCommand = "qingku findings registry.yaml --severity error"
    facts.measured.stages = [.init(name: "import", seconds: 0.41), .init(name: "match", seconds: 1.732)]
    facts.measured.peakMemoryBytes = 188_743_680
    facts.measured.threads = 2
    facts.measured.startedAt = "2026-11-21T08:00:00Z"
    return facts
}

private let sampleQuality: QualityFacts = {
    func counts(_ records: Int, _ persons: Int, _ errors: Int, _ shares: [Double]) -> QualityCounts {
        var counts = QualityCounts()
        (counts.records, counts.persons, counts.personsWithErrors) = (records, persons, errors)
        counts.grades = [records - errors * 2, errors, errors - errors / 4, errors / 4]
        for (dimension, share) in zip(Dimension.allCases, shares) where share > 0 {
            let whole = dimension == .completeness || dimension == .validity ? records * 5 : records
            counts[dimension] = Rate(Int(Double(whole) * share), of: whole)
        }
        return counts
    }
    let plan = QualityPlan(
        pointsByCheck: ["phone-format": 1],
        byDimension: [.uniqueness: ColourLimits(green: 0.95, blue: 0.9, yellow: 0.8)],
        verifiedOn: 9)
    let sources = [
        counts(12_214, 11_818, 1_377, [0.991, 0.987, 0.968, 0.967, 0, 0.981, 0.887, 0.71]),
        counts(8_705, 8_584, 1_411, [0.941, 0.961, 0.986, 0.916, 0.772, 0.955, 0.838, 0.81]),
        counts(3_890, 3_890, 402, [0.931, 0.949, 1, 0.952, 0.934, 0.962, 0.897, 0.93]),
    ]
    let leaves: [(UInt32, Int, Int, Int)] = [
        (0, 12, 8, 4), (510_104_001, 3_120, 2_120, 177), (510_104_002, 2_700, 2_000, 200),
        (510_105_000, 5_877, 3_877, 301), (510_106_000, 5_402, 3_402, 280), (510_107_000, 4_950, 2_950, 231),
        (510_108_000, 1_741, 741, 20), (510_112_000, 24, 14, 6), (510_113_000, 9, 6, 2),
    ]
    var all = QualityCounts()
    for source in sources { all += source }
    all.persons = 15_118
    let rates = [0.96, 0.971, 0.98, 0.949, 0.85, 0.969, 0.87, 0.8]
    return QualityFacts(
        plan: plan, sources: sources.map { QualityRow($0, hasPersons: true) }, total: QualityRow(all, hasPersons: true),
        areas: QualityAreas(
            field: "residence_code", leaves: AreaLeaves(field: 5, codes: leaves.map(\.0), hasTownships: true),
            counts: leaves.map { counts($0.1, $0.2, $0.3, rates) }, hasPersons: true, suppressBelow: 10))
}()

private let sampleFields = [
    FieldFacts(name: "name", kind: .personName, required: true),
    FieldFacts(name: "sex", kind: .code, required: true),
    FieldFacts(name: "id_number", kind: .residentID, required: true),
    FieldFacts(name: "birth_date", kind: .date, required: true),
    FieldFacts(name: "ethnic_group", kind: .ethnicGroup, required: false),
    FieldFacts(name: "residence_code", kind: .division, required: true),
    FieldFacts(name: "residence_address", kind: .address, required: false),
    FieldFacts(name: "phone", kind: .phone, required: false),
    FieldFacts(name: "registered", kind: .date, required: false),
    FieldFacts(name: "last_visit", kind: .date, required: false),
]

private func source(
    _ name: String, _ file: SourceFile, trust: Int, records: Int, headers: [String?], filled: [Double],
    wellFormed: Double, persons: Int, contradictory: Int
) -> SourceFacts {
    SourceFacts(
        profile: SourceProfile(name: name, trust: trust, role: trust == 3 ? .register : .reference, asOf: "2026-11-01"),
        file: file, records: records,
        fields: zip(headers, filled).map { header, share in
            header.map {
                let count = Int(Double(records) * share)
                return SourceFacts.FieldFill(header: $0, filled: count, wellFormed: Int(Double(count) * wellFormed))
            }
        }, persons: persons, contradictoryRecords: contradictory)
}

private let sampleSources = [
    source(
        "registry",
        SourceFile(
            path: "/srv/exports/registry.csv", format: .csv,
            sha256: "d2a84f4b8b650937ec8f73cd8be2c74add5a911ba64df27458ed8229da804a26", size: 4_182_377,
            encoding: "utf-8",
            dialect: Dialect(
                delimiter: ",", quote: "\"", hasHeader: true, lineEnding: "crlf", hasByteOrderMark: true,
                guessed: ["encoding", "delimiter"], headers: ["编号", "姓名", "性别"])), trust: 3, records: 12_214,
        headers: ["姓名", "性别", "身份证号", "出生日期", "民族", "现住地代码", "现住地址", "联系电话", "登记日期", nil],
        filled: [1, 0.998, 0.964, 0.991, 0.973, 0.987, 0.941, 0.713, 0.999, 0], wellFormed: 0.987, persons: 11_818,
        contradictory: 402),
    source(
        "community",
        SourceFile(
            path: "community.xml", format: .xml,
            sha256: "a3f1c7a0e2b94d1dbb0d4f3c39d1b7c1d4e90f1c9f0c3b7d5e6a7f8091a2b3c4", size: 7_905_112,
            encoding: "utf-8",
            recordPath: "/export/clients/client"), trust: 2, records: 8_705,
        headers: [
            "person/name", "person/@sex", "person/@idno", "person/born", nil, "address/@code", "address",
            "contact[@type='mobile']", nil, "visits/last",
        ],
        filled: [0.999, 0.981, 0.902, 0.968, 0, 0.955, 0.986, 0.894, 0, 0.772], wellFormed: 0.961, persons: 8_584,
        contradictory: 731),
    source(
        "dossier",
        SourceFile(
            path: "dossier.csv", format: .csv,
            sha256: "0b1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f5061728394a5b6c7d8e9fa", size: 1_220_480,
            encoding: "gb18030",
            dialect: Dialect(
                delimiter: ";", quote: "\"", hasHeader: true, lineEnding: "lf", hasByteOrderMark: false,
                guessed: ["encoding"], headers: ["case_no", "client_name"])), trust: 1, records: 3_890,
        headers: [
            "client_name", "gender", "national_id", "dob", nil, nil, "home_address", "mobile", "opened", "last_contact",
        ],
        filled: [1, 0.941, 0.871, 0.952, 0, 0, 0.883, 0.801, 1, 0.934], wellFormed: 0.949, persons: 3_890,
        contradictory: 188),
]

private let sampleChecks: [CheckTally] = [
    CheckTally(
        check: "resident-id-checksum",
        title: Text(en: "Check character of the resident id does not fit", zh: "身份证号校验码不符"),
        kind: .error, severity: .error, count: 612, records: 612, withSuggestion: 88, bySource: [201, 322, 89],
        byField: [.init(field: "id_number", count: 612)],
        examples: [
            .init(source: "registry", recordID: "R000412", line: 413, field: "id_number", value: "51••••••••••••••2X"),
            .init(
                source: "community", recordID: "C-3301", line: 26_409, field: "id_number", value: "51••••••••••••••17"),
            .init(source: "dossier", recordID: "D0871", line: 872, field: "id_number", value: "42••••••••••••••08"),
        ]),
    CheckTally(
        check: "id-birth-date", title: Text(en: "Resident id and birth date disagree", zh: "身份证号与出生日期不一致"),
        kind: .error,
        severity: .error, count: 431, records: 431, withSuggestion: 431, bySource: [120, 244, 67],
        byField: [.init(field: "birth_date", count: 431)],
        examples: [.init(source: "registry", recordID: "R000078", line: 79, field: "birth_date", value: "1958-••-••")]),
    CheckTally(
        check: "visit-before-registration", title: Text(en: "Last visit before registration", zh: "末次随访早于登记"),
        kind: .error,
        severity: .error, count: 57, records: 57, withSuggestion: 0, bySource: [0, 0, 57],
        byField: [.init(field: "last_visit", count: 57)],
        examples: [.init(source: "dossier", recordID: "D0102", line: 103, field: "last_visit", value: "2019/••/••")]),
    CheckTally(
        check: "required", title: Text(en: "A required value is missing", zh: "必填项为空"), kind: .omission,
        severity: .error,
        count: 2_318, records: 2_102, withSuggestion: 1_511, bySource: [488, 1_279, 551],
        byField: [
            .init(field: "id_number", count: 1_795), .init(field: "birth_date", count: 357),
            .init(field: "sex", count: 166),
        ],
        examples: [
            .init(source: "registry", recordID: "R000019", line: 20, field: "id_number", value: ""),
            .init(source: "community", recordID: "C-0007", line: 65, field: "birth_date", value: ""),
        ]),
    CheckTally(
        check: "format", title: Text(en: "A value does not have the form its field asks for", zh: "格式不符合字段要求"),
        kind: .error,
        severity: .warning, count: 1_960, records: 1_811, withSuggestion: 0, bySource: [702, 871, 387],
        byField: [
            .init(field: "phone", count: 911), .init(field: "birth_date", count: 498),
            .init(field: "id_number", count: 301),
            .init(field: "registered", count: 150), .init(field: "sex", count: 100),
        ],
        examples: [
            .init(source: "registry", recordID: "R000655", line: 656, field: "phone", value: "13•••••••6"),
            .init(source: "dossier", recordID: "D3002", line: 3003, field: "birth_date", value: "1967••13••••"),
        ]),
    CheckTally(
        check: "division-retired", title: Text(en: "Division code is no longer in force", zh: "行政区划代码已停用"),
        kind: .error,
        severity: .info, count: 219, records: 219, withSuggestion: 219, bySource: [219, 0, 0],
        byField: [.init(field: "residence_code", count: 219)],
        examples: [.init(source: "registry", recordID: "R001200", line: 1201, field: "residence_code", value: "510122")]
    ),
].sorted(by: CheckTally.isBefore)

private let sampleIssues = [
    CheckTally(
        check: "ragged-row", title: Text(en: "A row has more or fewer cells than the header", zh: "行的单元格数与表头不符"),
        kind: .error,
        severity: .error, count: 4, records: 4, withSuggestion: 0, bySource: [3, 0, 1], byField: [],
        examples: [.init(source: "registry", recordID: "R000212", line: 213, field: nil, value: "")]),
    CheckTally(
        check: "bad-bytes", title: Text(en: "Bytes that are no text in the file’s encoding", zh: "含有不属于该编码的字节"),
        kind: .error,
        severity: .warning, count: 2, records: 2, withSuggestion: 0, bySource: [0, 0, 2],
        byField: [.init(field: "residence_address", count: 2)],
        examples: [.init(source: "dossier", recordID: "D1777", line: 1778, field: "residence_address", value: "")]),
]

private let sampleMatching: MatchingFacts = {
    let comparisons = [
        ComparedField(
            field: "name", comparator: "person_name",
            levels: [
                "missing", "else", "surname only", "given name only", "partly equal", "one character different",
                "look-alike",
                "similar sound", "same sound", "same sound and tone", "romanised", "variant form", "exact, common",
                "exact", "exact, rare",
            ], weights: [0, -7.4, -4.9, -1.8, 0.2, 1.1, 2.6, 2.9, 4.4, 5.8, 6.3, 7.7, 7.1, 9.4, 11.8]),
        ComparedField(
            field: "id_number", comparator: "resident_id",
            levels: ["missing", "else", "same division and birth date", "two digits off", "one digit off", "exact"],
            weights: [0, -9.1, -1.2, 4.8, 11.3, 16.9]),
        ComparedField(
            field: "birth_date", comparator: "date",
            levels: ["missing", "else", "same year", "two parts equal", "one digit off or exchanged", "exact"],
            weights: [0, -6.6, -2.7, 1.9, 5.2, 10.8]),
        ComparedField(
            field: "sex", comparator: "exact", levels: ["missing", "else", "exact"], weights: [0, -5.1, 0.9]),
        ComparedField(
            field: "residence_address", comparator: "address",
            levels: [
                "missing", "else", "same county", "same township", "same road or village", "same building",
                "nearly equal",
                "same door", "exact",
            ], weights: [0, -2.2, -0.4, 1.3, 3.6, 5.1, 6.9, 7.4, 8.2]),
        ComparedField(
            field: "phone", comparator: "phone", levels: ["missing", "else", "one digit off", "exact"],
            weights: [0, -1.6, 5.9, 10.1]),
        ComparedField(
            field: "ethnic_group", comparator: "exact", levels: ["missing", "else", "exact"], weights: [0, -3.3, 0.2]),
    ]
    let classes = [
        ("match", true, 0.0214), ("match, moved", true, 0.0102), ("housemate", false, 0.1032), ("twin", false, 0.0009),
        ("namesake: name + birth_date.year", false, 0.0441), ("namesake: birth_date + sex", false, 0.8202),
    ]
    let weights: [(Int, Int, Int)] = [
        (0, 61, 61), (1, 54, 54), (2, 44, 44), (3, 39, 39), (4, 34, 34), (5, 31, 31), (6, 29, 29), (7, 26, 26),
        (8, 31, 31),
        (9, 38, 38), (10, 44, 3), (11, 61, 2), (12, 83, 0), (13, 96, 0), (14, 140, 1), (15, 177, 0), (16, 205, 0),
        (17, 268, 0),
        (18, 312, 0), (19, 371, 0), (20, 433, 0), (21, 502, 0), (22, 560, 0), (23, 633, 0), (24, 701, 0), (25, 744, 0),
        (26, 803, 0), (27, 841, 0), (28, 822, 0), (29, 788, 0), (30, 712, 0), (31, 640, 0), (32, 573, 0), (33, 480, 0),
        (34, 391, 0), (35, 290, 0), (36, 211, 0), (37, 133, 0), (38, 80, 0), (39, 41, 0), (40, 12, 0), (41, 2, 0),
    ]
    let review = weights.reduce(0) { $0 + $1.2 }
    return MatchingFacts(
        comparisons: comparisons,
        blocking: [
            ("id_number", 9_811, 9_811, 5), ("name.pinyin + birth_date.year", 14_220, 5_906, 18),
            ("name + residence_code.county", 22_400, 12_871, 64),
            ("birth_date + sex + name.surname", 118_734, 97_650, 41),
            ("phone", 21_000, 12_004, 212),
        ].map {
            BlockingSummary(
                key: $0, pairs: $1, newPairs: $2, largestBlock: $3)
        },
        model: ModelSummary(
            classes: classes.map { ModelSummary.Class(name: $0, isMatch: $1, share: $2, levels: [[0.1, 0.9]]) },
            iterations: 34, converged: true, candidatePairs: 138_242, patterns: 4_120, mergeLine: 0.999,
            reviewLine: 0.5,
            expectedPrecision: (0.99941, 0.0004), expectedRecall: (0.9712, 0.002),
            lines: [
                LineCost(
                    line: 0.999, isChosen: true, falseMergesPer1000: 0.21, missedMatches: 402, pairsToReview: review,
                    reviewHours: 8.4),
                LineCost(
                    line: 0.9, isChosen: false, falseMergesPer1000: 1.4, missedMatches: 118, pairsToReview: 310,
                    reviewHours: 3.9),
            ],
            warnings: [
                Text(
                    en: "The class “twin” rests on few pairs; its weights are those of housemates.",
                    zh: "类别“双胞胎”的记录对很少，其权重沿用同住者的权重。")
            ]),
        outcomes: [
            .init(outcome: .merged, pairs: 12_133), .init(outcome: .review, pairs: review),
            .init(outcome: .decidedSame, pairs: 12),
            .init(outcome: .heldApart, pairs: 9),
        ],
        histogram: weights.map { .init(from: $0, pairs: $1, toReview: $2) },
        toReview: [
            .init(
                a: RecordKey(source: "registry", recordID: "R000412"),
                b: RecordKey(source: "community", recordID: "C-3301"),
                probability: 0.508, weight: 0.05,
                levels: [
                    .init(field: "name", level: "same sound", weight: 4.4),
                    .init(field: "birth_date", level: "exact", weight: 10.8),
                    .init(field: "sex", level: "exact", weight: 0.9),
                    .init(field: "phone", level: "else", weight: -1.6),
                    .init(field: "residence_address", level: "same county", weight: -0.4),
                ]),
            .init(
                a: RecordKey(source: "registry", recordID: "R007730"),
                b: RecordKey(source: "dossier", recordID: "D2210"),
                probability: 0.561, weight: 0.35,
                levels: [
                    .init(field: "name", level: "exact, common", weight: 7.1),
                    .init(field: "birth_date", level: "two parts equal", weight: 1.9),
                    .init(field: "id_number", level: "else", weight: -9.1),
                    .init(field: "residence_address", level: "same door", weight: 7.4),
                ]),
        ])
}()
