package import Records
import Reports

/// What matching found, as findings (重): records an office holds twice, pairs for people, ids that contradict a match.
package enum DuplicateFindings {
    package static let sameSource = "duplicate-in-source"
    package static let possible = "possible-duplicate"
    package static let contradictory = "likely-duplicate-held-apart"

    /// - Parameter told: findings that say more of their two records.
    package static func all(_ matches: Matches, records: RecordTable, beside told: [Finding] = []) -> [Finding] {
        let told = Set(told.map { [$0.row, $0.otherRow ?? $0.row] })
        var findings: [Finding] = []
        var firstOf: [UInt64: Int] = [:]
        for row in 0..<records.count {
            let key = UInt64(matches.groups[row]) << 16 | UInt64(records.sourceIndex(of: row))
            if let first = firstOf[key] {
                findings.append(
                    Finding(kind: .duplicate, check: sameSource, severity: .warning, row: row, otherRow: first))
            } else {
                firstOf[key] = row
            }
        }
        for pair in matches.pairs where told.isEmpty || !told.contains([Int(pair.a), Int(pair.b)]) {
            let check: String
            switch pair.outcome {
            case .review: check = possible
            case .heldApart: check = contradictory
            case .merged, .decidedSame, .decidedDifferent: continue
            }
            findings.append(
                Finding(
                    kind: .duplicate, check: check, severity: check == possible ? .info : .warning, row: Int(pair.a),
                    otherRow: Int(pair.b), detail: percentDigits(pair.probability) + " %"))
        }
        return findings
    }

    package static func title(_ check: String) -> Text? {
        switch check {
        case sameSource: Text(en: "The office holds this person twice", zh: "同一来源内重复登记")
        case possible: Text(en: "Possibly the same person, for people to decide", zh: "疑似重复，待人工判定")
        case contradictory:
            Text(en: "Likely the same person, held apart by a rule", zh: "疑似同一人，因规则而分开")
        default: nil
        }
    }

    /// The sentence for a finding that matching made; `nil` for any other.
    package static func message(_ finding: Finding, _ view: RecordView, _ language: Language) -> Phrase? {
        guard let other = finding.otherRow, finding.kind == .duplicate else { return nil }
        func name() -> Phrase { "\(view.source(other)) \(view.recordID(other))" }
        switch finding.check {
        case sameSource:
            return language(
                en: "This record and \(name()) of the same source stand for one person.",
                zh: "本记录与同一来源的 \(name()) 是同一个人。")
        case possible:
            return language(
                en: """
                    This record and \(name()) may be one person (probability \(finding.detail)); somebody has to decide.
                    """,
                zh: "本记录与 \(name()) 可能是同一个人（概率 \(finding.detail)），需要人工判定。")
        case contradictory:
            return language(
                en: """
                    This record and \(name()) look like one person (probability \(finding.detail)) but are held apart: \
                    they have different values that a rule of the rule book does not let merge.
                    """,
                zh: "本记录与 \(name()) 很像同一个人（概率 \(finding.detail)），但两者的值不同，规则不允许合并。")
        default: return nil
        }
    }
}
