import Records

/// Who should stand in a source by the rule book and has no record there.
///
/// A person that matching has taken for two is absent from nowhere: where a record of the source was nearly linked with the
/// person, the finding becomes a question. The probability that it is no more than a missed link comes from the best
/// such pair.
struct Expectations {
    private let facts: Facts
    private let linked: LinkedFacts
    private let plan: ValidationPlan
    /// Per group: which sources it has records of, by bit; the last bit stands for all sources beyond it.
    private let sourcesOfGroups: [UInt64]

    /// Of two records nearly linked, the probability from which the absence is asked about and not claimed.
    static let doubt = 0.3

    init(_ facts: Facts, _ linked: LinkedFacts, _ plan: ValidationPlan) {
        self.facts = facts
        self.linked = linked
        self.plan = plan
        let starts = facts.records.starts
        sourcesOfGroups = linked.groups.withMembers { groupStarts, members in
            (0..<linked.groups.count).map { group in
                var (mask, source) = (UInt64(0), 0)
                for row in members[Int(groupStarts[group])..<Int(groupStarts[group + 1])] {
                    while starts[source + 1] <= Int(row) { source += 1 }
                    mask |= Self.bit(source)
                }
                return mask
            }
        }
    }

    private static func bit(_ source: Int) -> UInt64 { 1 << UInt64(min(source, 63)) }

    func findings(threads: Int) throws -> [Finding] {
        try plan.expectations.flatMap { try findings($0, threads: threads) }
    }

    private func findings(_ expectation: ValidationPlan.Expectation, threads: Int) throws -> [Finding] {
        let records = facts.records
        guard let source = records.sources.firstIndex(where: { $0.source == expectation.source }) else { return [] }
        let others = Set(
            records.sources.indices.filter { expectation.others.contains(records.sources[$0].source) && $0 != source })
        let expression = try expectation.expression.map { try WhereExpression($0, schema: records.schema) }
        let condition = ValidationPlan.Condition(
            id: expectation.check, expression: expectation.expression ?? "", severity: expectation.severity, fields: [])
        let wanted = Self.bit(source)
        let calling = others.reduce(0) { $0 | Self.bit($1) }
        let size = 65_536
        let pieces = (records.count + size - 1) / size
        let found = try Parallel.map(pieces, threads: threads) { piece throws -> [Finding] in
            let evaluator = try expression.map { try WhereEvaluator(condition, $0, records) }
            var findings: [Finding] = []
            var own = 0
            for first in piece * size..<min(records.count, (piece + 1) * size) {
                while records.starts[own + 1] <= first { own += 1 }
                let there = linked.groups.group(of: first).map { sourcesOfGroups[$0] } ?? Self.bit(own)
                if there & wanted != 0, source < 63 { continue }
                if there & calling == 0 { continue }
                // Each person once, at the first row.
                let rows = linked.groups.rows(with: first)
                guard rows[0] == first else { continue }
                let sources = rows.map { records.sourceIndex(of: $0) }
                if sources.contains(source) { continue }
                var callers: [Int] = []
                for (row, own) in zip(rows, sources) where others.contains(own) {
                    if let evaluator, try evaluator.hit(row) == nil { continue }
                    callers.append(row)
                }
                if callers.isEmpty { continue }
                findings.append(finding(expectation, source, rows: rows, calling: callers))
            }
            return findings
        }
        return Array(joining: found)
    }

    private func finding(
        _ expectation: ValidationPlan.Expectation, _ source: Int, rows: [Int], calling: [Int]
    ) -> Finding {
        let records = facts.records
        let range = records.starts[source]..<records.starts[source + 1]
        // A partner in the source itself, or one whose own group has a record there.
        var best: (row: Int, probability: Double)?
        for row in rows {
            for partner in linked.unmerged.partners(of: row) {
                let there = linked.groups.rows(with: partner.row).first { range.contains($0) }
                guard let there, partner.probability > best?.probability ?? 0 else { continue }
                best = (there, partner.probability)
            }
        }
        let isThin = rows.count == 1 && ThinRecords(records).contains(rows[0])
        let isDoubtful = isThin || (best?.probability ?? 0) >= Self.doubt
        return Finding(
            kind: .omission, check: expectation.check, severity: isDoubtful ? .info : expectation.severity,
            row: calling[0], otherRow: best?.row,
            detail: Percent.text(best?.probability ?? 0, isThin: isThin))
    }
}

enum Percent {
    /// `12.5 %`, or `thin` for a record too thin to be linked with anything.
    static func text(_ probability: Double, isThin: Bool) -> String {
        if isThin { return "thin" }
        if probability == 0 { return "" }
        let thousandths = Int((min(max(probability, 0), 1) * 1_000).rounded())
        return "\(thousandths / 10).\(thousandths % 10) %"
    }
}

extension ValidationPlan.Expectation {
    var title: Text {
        Text(en: "Absent from \(source), where the rules expect the person", zh: "按规则应在来源 \(source) 中而缺失")
    }

    func message(_ finding: Finding, _ records: RecordTable) -> Text {
        let key = records.key(finding.row)
        let why = expression.map { Text(en: " and \($0) holds", zh: "且满足 \($0)") } ?? Text(en: "", zh: "")
        let base = Text(
            en: "the person stands in \(key.source)\(why.en), but \(source) has no record of them",
            zh: "此人在来源 \(key.source) 中\(why.zh)，但来源 \(source) 中没有其记录")
        if finding.detail == "thin" {
            return Text(
                en: "\(base.en), as far as so thin a record can be linked", zh: "\(base.zh)；本记录信息过少，可能只是未能关联")
        }
        guard let other = finding.otherRow else {
            return Text(en: "\(base.en); ask whether it was left out", zh: "\(base.zh)；请核实是否漏登")
        }
        let partner = records.key(other)
        return Text(
            en: "\(base.en), unless record \(partner.recordID) of \(partner.source) is theirs "
                + "(probability \(finding.detail))",
            zh: "\(base.zh)；除非来源 \(partner.source) 的记录 \(partner.recordID) 即为此人（概率 \(finding.detail)）")
    }
}
