package import Records
import Reports

/// What matching found, as findings (重): records an office holds twice, pairs for people, ids that contradict a match.
package enum DuplicateFindings {
    package static let sameSource = "duplicate-in-source"
    package static let possible = "possible-duplicate"
    package static let contradictory = "likely-duplicate-held-apart"

    /// - Parameter told: findings that say more of their two records.
    package static func all(_ matches: Matches, records: RecordTable, beside told: [Finding] = []) -> [Finding] {
        let told = Set(told.map { [$0.row, $0.otherRow ?? $0.row].sorted() })
        return records.withView { view in
            twice(matches, view) + pairs(matches, view) { told.isEmpty || !told.contains([$0, $1].sorted()) }
        }
    }

    /// Each further record of a person in a source, with the one whose id comes first.
    private static func twice(_ matches: Matches, _ view: RecordView) -> [Finding] {
        func key(_ row: Int) -> UInt64 {
            UInt64(matches.groups[row]) << 16 | UInt64(view.records.sourceIndex(of: row))
        }
        let rows = 0..<view.records.count
        var firstOf: [UInt64: Int] = [:]
        for row in rows {
            if let first = firstOf[key(row)], view.precedes(first, row) { continue }
            firstOf[key(row)] = row
        }
        return rows.compactMap { row in
            guard let first = firstOf[key(row)], first != row else { return nil }
            return Finding(kind: .duplicate, check: sameSource, severity: .warning, row: row, otherRow: first)
        }
    }

    private static func pairs(
        _ matches: Matches, _ view: RecordView, _ isUntold: (Int, Int) -> Bool
    ) -> [Finding] {
        matches.pairs.compactMap { pair in
            let check: String
            switch pair.outcome {
            case .review: check = possible
            case .heldApart: check = contradictory
            case .merged, .decidedSame, .decidedDifferent: return nil
            }
            let (a, b) = (Int(pair.a), Int(pair.b))
            guard isUntold(a, b) else { return nil }
            let isTurned = view.precedes(b, a)
            return Finding(
                kind: .duplicate, check: check, severity: check == possible ? .info : .warning, row: isTurned ? b : a,
                otherRow: isTurned ? a : b, detail: percentDigits(pair.probability) + " %")
        }
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
