import Records
import Standards

/// Fills what no record of a person has from what the person's other cells say: division codes and addresses from each other
/// (rule `derived`), and what follows from having a record in some source.
struct Derivation {
    private let plan: SurvivorshipPlan
    /// That may be derived.
    private let fields: Set<Int>
    private let persons: Persons
    private let facts: RecordFacts

    init(_ plan: SurvivorshipPlan, fields: Set<Int>, persons: Persons, facts: RecordFacts) {
        self.plan = plan
        self.fields = fields
        self.persons = persons
        self.facts = facts
    }

    func apply(to columns: [Master.Column], threads: Int) -> [Master.Column] {
        var made = columns
        for place in plan.places {
            let (codes, addresses) = (columns[place.division], columns[place.address])
            if fields.contains(place.division) {
                made[place.division] = replacing(codes, Settlement.index(SurvivorshipRule.derived.name), threads) {
                    division($0, place, codes, addresses).map { ($0, .derived(from: place.address)) }
                }
            }
            if fields.contains(place.address) {
                made[place.address] = replacing(addresses, Settlement.index(SurvivorshipRule.derived.name), threads) {
                    address($0, place, codes, addresses).map { ($0, .derived(from: place.division)) }
                }
            }
        }
        for (field, presence) in plan.presences.sorted(by: { $0.key < $1.key }) {
            guard let source = facts.records.sources.firstIndex(where: { $0.source == presence.source }) else {
                continue
            }
            let rows = UInt32(facts.records.starts[source])..<UInt32(facts.records.starts[source + 1])
            let column = made[field]
            made[field] = replacing(column, Settlement.presence.index, threads) { person in
                guard column.rows[person] == Master.noRow, column.replacements[UInt32(person)] == nil else {
                    return nil
                }
                let members = persons.members[persons.starts[person]..<persons.starts[person + 1]]
                let text = members.contains { rows.contains($0) } ? presence.present : presence.absent
                return text.map { ($0, .presence(in: presence.source)) }
            }
        }
        return made
    }

    private func replacing(
        _ column: Master.Column, _ rule: UInt8?, _ threads: Int,
        _ derived: @Sendable (_ person: Int) -> (text: String, cause: Master.Replacement.Cause)?
    ) -> Master.Column {
        guard let rule else { return column }
        let override = Settlement.override.index
        let size = 16_384
        let parts = Parallel.map((persons.count + size - 1) / size, threads: threads) { part in
            (part * size..<min(persons.count, (part + 1) * size)).compactMap {
                person -> (person: Int, text: String, cause: Master.Replacement.Cause)? in
                // What people wrote stands.
                if column.rules[person] == override { return nil }
                return derived(person).map { (person: person, text: $0.text, cause: $0.cause) }
            }
        }
        var (rules, replacements) = (column.rules, column.replacements)
        for part in parts {
            for cell in part {
                rules[cell.person] = rule
                replacements[UInt32(cell.person)] = Master.Replacement(
                    text: cell.text, cause: cell.cause, instead: column.rows[cell.person])
            }
        }
        return Master.Column(
            rows: column.rows, rules: rules, replacements: replacements, lists: column.lists,
            notation: column.notation, rivals: column.rivals)
    }

    /// The county that the person's address begins with, where no record has a valid code.
    private func division(
        _ person: Int, _ place: SurvivorshipPlan.Place, _ codes: Master.Column, _ addresses: Master.Column
    ) -> String? {
        if hasValidValue(person, place.division, codes) { return nil }
        guard let address = validValue(person, place.address, addresses) else { return nil }
        let code = Divisions.shared.head(of: address).code
        return code != 0 && Divisions.shared.level(code) == .county ? String(code) : nil
    }

    /// The address with province, prefecture and county in full, where it does not begin with its province.
    private func address(
        _ person: Int, _ place: SurvivorshipPlan.Place, _ codes: Master.Column, _ addresses: Master.Column
    ) -> String? {
        let row = addresses.rows[person]
        guard row != Master.noRow, addresses.lists[UInt32(person)] == nil, !beginsWithProvince(row, place.address),
            let address = validValue(person, place.address, addresses), !Self.beginsWithProvince(address)
        else { return nil }
        let divisions = Divisions.shared
        let head = divisions.head(of: address)
        let recorded = validValue(person, place.division, codes).flatMap { Divisions.number($0) }
            .map { divisions.current($0) }
        var code = head.code
        if let recorded {
            guard code == recorded || code == 0 && head.candidates.contains(recorded) else { return nil }
            code = recorded
        }
        guard code != 0, divisions.level(code) == .county, let name = divisions.fullName(code) else { return nil }
        return name + String(decoding: address.utf8.dropFirst(head.end), as: UTF8.self)
    }

    private func hasValidValue(_ person: Int, _ field: Int, _ column: Master.Column) -> Bool {
        let row = column.rows[person]
        return row != Master.noRow && facts.isValid(Int(row), field) || column.replacements[UInt32(person)] != nil
    }

    private func validValue(_ person: Int, _ field: Int, _ column: Master.Column) -> String? {
        if let replacement = column.replacements[UInt32(person)] { return replacement.text }
        let row = column.rows[person]
        return row != Master.noRow && facts.isValid(Int(row), field) ? facts.records.value(Int(row), field) : nil
    }

    private func beginsWithProvince(_ row: UInt32, _ field: Int) -> Bool {
        let column = facts.records.columns[field]
        if facts.repair(Int(row), field) != nil { return false }
        return column.values.withUTF8(column.codes[Int(row)], Self.beginsWithProvince)
    }

    private static func beginsWithProvince(_ text: String) -> Bool {
        var text = text
        return text.withUTF8(beginsWithProvince)
    }

    private static func beginsWithProvince(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count >= headLength,
            let names = provinces[text.prefix(headLength).reduce(0) { $0 << 8 | UInt64($1) }]
        else { return false }
        return names.contains { text.starts(with: $0) }
    }

    /// Of two Chinese characters.
    private static let headLength = 6

    /// Full names, as UTF-8, by their first two characters.
    private static let provinces: [UInt64: [[UInt8]]] = Dictionary(
        grouping: stride(from: UInt32(110_000), through: 820_000, by: 10_000).compactMap {
            Divisions.shared.fullName($0).map { Array($0.utf8) }
        }
    ) { $0.prefix(headLength).reduce(0) { $0 << 8 | UInt64($1) } }
}
