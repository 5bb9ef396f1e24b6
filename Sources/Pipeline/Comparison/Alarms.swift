import Records
import Reports
import Rules

/// What the alarms of a rule book look at.
struct AlarmMeasures {
    let drift: Drift
    /// Of the later run.
    let records: Int
    /// New and returned ones.
    let newErrors: Int
    /// Persons of the earlier run that were merged, split or are gone, and all of them.
    let changedPersons: Int
    let persons: Int
    let corrections: [CorrectionShift]
}

extension AlarmMeasures {
    init(_ difference: RunDifference) {
        let changed = PersonShift.Change.allCases.filter { $0 != .added }.reduce(0) {
            $0 + difference.persons.count($1)
        }
        self.init(
            drift: difference.drift, records: difference.after.account.counts.records,
            newErrors: difference.findings.filter { $0.severity == .error }.reduce(0) { $0 + $1.new + $1.returned },
            changedPersons: changed, persons: changed + difference.persons.kept, corrections: difference.corrections)
    }
}

/// Which alarms of the rule book are raised.
enum Alarms {
    static func raised(by measures: AlarmMeasures, _ plan: AlarmPlan) -> [Alarm] {
        AlarmPlan.Measure.allCases.flatMap { measure -> [Alarm] in
            guard let limit = plan.limits[measure] else { return [] }
            return values(measure, of: measures).filter { $0.value > limit }.map {
                Alarm(name: measure.rawValue, measured: $0.value, limit: limit, text: $0.text)
            }
        }
    }

    private static func values(
        _ measure: AlarmPlan.Measure, of measures: AlarmMeasures
    ) -> [(value: Double, text: Text)] {
        let drift = measures.drift
        switch measure {
        case .volume:
            return drift.volumes.compactMap { move in
                guard let share = move.relative else { return nil }
                let (before, now) = (whole(move.before), whole(move.after))
                return (
                    abs(share),
                    Text(
                        en: "“\(move.name)” has \(now) records, \(before) before",
                        zh: "“\(move.name)”现有 \(now) 条记录，此前 \(before) 条")
                )
            }
        case .completeness:
            return drift.completeness.map { move in
                let (before, now) = (percentText(move.before ?? 0), percentText(move.after ?? 0))
                return (
                    -move.change,
                    Text(
                        en: "“\(move.name)” is filled in \(now) of the records, \(before) before",
                        zh: "“\(move.name)”的填写率为 \(now)，此前 \(before)")
                )
            }
        case .newErrors:
            let (errors, records) = (measures.newErrors, measures.records)
            return records == 0
                ? []
                : [
                    (
                        Double(errors) / Double(records),
                        Text(
                            en: "\(errors) findings of severity error are new or have returned, on \(records) records",
                            zh: "\(records) 条记录中新增或复现严重问题 \(errors) 处")
                    )
                ]
        case .persons:
            let (changed, all) = (measures.changedPersons, measures.persons)
            return all == 0
                ? []
                : [
                    (
                        Double(changed) / Double(all),
                        Text(
                            en: "\(changed) of \(all) persons were merged, split or are gone",
                            zh: "\(all) 人中有 \(changed) 人被合并、拆分或不再出现")
                    )
                ]
        case .groupSize:
            let largest = whole(drift.largestGroup.after)
            return [
                (
                    Double(largest),
                    Text(en: "one person has \(largest) records", zh: "有一人拥有 \(largest) 条记录")
                )
            ]
        case .groups:
            return [
                (
                    drift.groups,
                    Text(
                        en: "\(percentText(drift.groups)) of the persons would have to change their number of records",
                        zh: "人员的记录数分布变动 \(percentText(drift.groups))")
                )
            ]
        case .blocking:
            return drift.blocking.map {
                [
                    (
                        $0,
                        Text(
                            en: "\(percentText($0)) of the pairs come by other blocking keys than before",
                            zh: "\(percentText($0)) 的候选对改由其他分块键产生")
                    )
                ]
            } ?? []
        case .weights:
            return drift.weight.map { move in
                let bits = decimal(abs(move.change), 1)
                return [
                    (
                        abs(move.change),
                        Text(
                            en: "the match weight of \(move.title(.english)) moved by \(bits) bits",
                            zh: "\(move.title(.chinese))的匹配权重变动 \(bits) 比特")
                    )
                ]
            } ?? []
        case .ignoredCorrections:
            return measures.corrections.compactMap { office in
                func count(_ status: FollowUpStatus) -> Int { office.counts[status] ?? 0 }
                let refused = count(.ignored) + count(.contradicted)
                let all = refused + count(.applied)
                return all == 0
                    ? nil
                    : (
                        Double(refused) / Double(all),
                        Text(
                            en: "“\(office.source)” ignored or contradicted \(refused) of \(all) corrections",
                            zh: "“\(office.source)”对 \(all) 条更正中的 \(refused) 条未处理或另作更改")
                    )
            }
        }
    }
}
