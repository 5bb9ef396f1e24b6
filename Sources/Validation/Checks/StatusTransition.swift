import Records
import Standards

extension Check {
    /// A state that cannot follow the one before it by the rule book's life-cycle: the one that a date of the same record tells
    /// (alive after a date of death), or the one that the record had in an earlier export.
    static let statusTransition = Check(
        EarlierStates.check, .error, .error,
        title: Text(en: "State that cannot follow the one before", zh: "状态变化不符合规定"),
        search: .rows { facts in
            let earlier = facts.plan.lifecycles.flatMap { lifecycle in
                facts.plan.earlier.filter { $0.field == lifecycle.field }.map { $0.search(lifecycle, facts) }
            }
            return earlier
                + facts.plan.lifecycles.flatMap { lifecycle -> [RowSearch] in
                    let dated = StateDates.all(lifecycle, facts)
                    if dated.isEmpty { return [] }
                    let column = facts.records.columns[lifecycle.field]
                    return dated.compactMap { date, state in
                        // Per code of the state field: may the dated state become it?
                        let isAllowed = (0..<column.values.count).map { code in
                            code == 0 || lifecycle.mayBecome(state, column.values[UInt32(code)])
                        }
                        guard isAllowed.contains(false) else { return nil }
                        let days = facts.days[date]
                        let codes = facts.records.columns[date].codes
                        let name = facts.records.schema.fields[date].name
                        return { row in
                            let day = days[Int(codes[row])]
                            guard day != 0, !isAllowed[Int(column.codes[row])], day <= facts.lastDay(row) else {
                                return nil
                            }
                            return Hit(field: lifecycle.field, detail: state, topic: name)
                        }
                    }
                }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let (date, state) = (finding.topic ?? "", String(finding.remark))
            guard date != EarlierStates.mark, let field = records.schema.index(of: date) else {
                return Text(
                    en:
                        "\(name) was \(Wording.quoted(state)) in an earlier export and is \(cell), which the life-cycle of the rule book does not allow",
                    zh: "\(name) 在此前的导出中为\(Wording.quoted(state))，现为\(cell)，不符合规则文件规定的状态变化")
            }
            let day = Wording.cell(finding.row, field, records)
            return Text(
                en:
                    "\(name) is \(cell), but \(date) \(day) makes it \(Wording.quoted(state)), from which there is no way to \(cell)",
                zh: "\(name) 为\(cell)，而 \(date) \(day)表明已是\(Wording.quoted(state))，不能再变为\(cell)")
        })
}

enum StateDates {
    /// Date fields that tell a state: a date of death, and dates that bear a state's name (迁出日期).
    static func all(_ lifecycle: Lifecycle, _ facts: Facts) -> [(date: Int, state: String)] {
        let fields = facts.records.schema.fields
        guard fields.indices.contains(lifecycle.field) else { return [] }
        let codes = fields[lifecycle.field].codes
        var found: [(Int, String)] = []
        for field in fields.indices where fields[field].kind == .date {
            let name = FieldName(fields[field].name)
            if field == facts.roles.events.died, let state = deadState(codes, lifecycle) {
                found.append((field, state))
            } else if let word = codes.keys.sorted().first(where: {
                $0.unicodeScalars.count > 1 && name.names($0)
            }), let state = codes[word], lifecycle.next[state] != nil {
                found.append((field, state))
            }
        }
        return found
    }

    private static func deadState(_ codes: [String: String], _ lifecycle: Lifecycle) -> String? {
        let words = ["死亡", "已故", "去世", "dead", "deceased", "died"]
        let form = codes.keys.sorted().first { form in words.contains { form.lowercased().contains($0) } }
        return form.flatMap { codes[$0] }.flatMap { lifecycle.next[$0] == nil ? nil : $0 }
    }
}
