import Matching
import Reconciliation
import Records
import Rules
import Workspace

/// Why a word needs a second person, by the rule book that is in force when it is said.
struct Dangers {
    private let store: WorkspaceStore
    private let plan: ApprovalPlan
    private let schema: Schema
    /// `YYYY-MM-DD`.
    private let today: String

    init(_ store: WorkspaceStore, _ book: RuleBook?, today: String) {
        self.store = store
        plan = book?.approvals ?? ApprovalPlan()
        schema = book?.schema ?? Schema([])
        self.today = today
    }

    /// By the rule book of the newest run; there are none before the first, nor under a book that another version wrote and
    /// this one cannot read.
    ///
    /// - Parameter known: a rule book that was read already, which may be that one.
    init(_ store: WorkspaceStore, today: String, known: RuleBook? = nil) throws {
        let book = try store.ruleBook(nil).flatMap { stored in
            stored.sha256 == known?.sha256 ? known : try? RuleBook.parse(stored.text, path: stored.path)
        }
        self.init(store, book, today: today)
    }

    /// Of decisions that are made together.
    ///
    /// - Parameter count: how many they are with those of further events.
    func of(_ decisions: [Decision], count: Int? = nil) throws -> [String] {
        if plan.twoPeople.isEmpty || decisions.isEmpty { return [] }
        var found: Set<ApprovalPlan.Danger> = []
        if count ?? decisions.count > plan.bulkOver { found.insert(.bulk) }
        var groups: [RecordKey: Set<Int64>] = [:]
        func group(_ key: RecordKey) throws -> Set<Int64> {
            if let known = groups[key] { return known }
            let group = try members(of: key)
            groups[key] = group
            return group
        }
        for decision in decisions {
            let both = try group(decision.a).union(group(decision.b))
            if both.count > plan.groupOver { found.insert(.largeGroup) }
        }
        let isMerge = decisions.contains { $0.verdict == .same }
        found.formUnion(try ofPersons(groups.values.reduce(into: []) { $0.formUnion($1) }, isMerge: isMerge))
        return chosen(found)
    }

    /// Of a value written for a person with these stored records.
    func of(override records: [Int64]) throws -> [String] {
        plan.twoPeople.isEmpty ? [] : chosen(try ofPersons(Set(records), isMerge: false))
    }

    /// Of values written at once, each for a person with these stored records.
    func of(overrides: [[Int64]]) throws -> [String] {
        if plan.twoPeople.isEmpty || overrides.isEmpty { return [] }
        var found = try ofPersons(Set(overrides.joined()), isMerge: false)
        if overrides.count > plan.bulkOver { found.insert(.bulk) }
        return chosen(found)
    }

    /// Taking something back needs what saying it needed.
    func of(withdrawalOf event: Int) throws -> [String] {
        let classes = try store.event(event).map { AuditEntry.classes($0.event.subjects) } ?? []
        return chosen(Set(classes.compactMap { ApprovalPlan.Danger(rawValue: $0) }))
    }

    var ofErasure: [String] { chosen([.erasure]) }

    /// A calibration changes for all pairs what their scores mean, as other rules would.
    var ofCalibration: [String] { chosen([.ruleChange]) }

    private func chosen(_ found: Set<ApprovalPlan.Danger>) -> [String] {
        ApprovalPlan.Danger.allCases.filter { found.contains($0) && plan.twoPeople.contains($0) }.map(\.rawValue)
    }

    // MARK: Persons

    /// The records of the person that a record stands for; the record alone when no run has said so.
    private func members(of key: RecordKey) throws -> Set<Int64> {
        guard let record = try store.record(key) else { return [] }
        let person = try store.person(of: record)
        return person == 0 ? [record] : Set(try store.records(ofPerson: person).map(\.key)).union([record])
    }

    private func ofPersons(_ records: Set<Int64>, isMerge: Bool) throws -> Set<ApprovalPlan.Danger> {
        var found: Set<ApprovalPlan.Danger> = []
        if plan.twoPeople.isDisjoint(with: [.deceased, .minor, .differentIDs]) { return found }
        var numbers: [String: Set<String>] = [:]
        for cells in try store.newestCells(of: records.sorted()) {
            for (name, text) in cells {
                guard let place = schema.index(of: name) else { continue }
                let field = schema.fields[place]
                let normal = Normalizer(for: field).normalize(text)
                guard normal.isWellFormed, !normal.value.isEmpty else { continue }
                if [.residentID, .identifier].contains(field.kind) { numbers[name, default: []].insert(normal.value) }
                if Self.saysDeath(field, normal.value) { found.insert(.deceased) }
                if let birth = birth(place, normal.value), isUnder18(birth) { found.insert(.minor) }
            }
        }
        if isMerge, numbers.values.contains(where: { $0.count > 1 }) { found.insert(.differentIDs) }
        return found
    }

    private static let dead: Set<String> = ["dead", "deceased", "died", "死亡", "已死亡", "已故", "亡故", "去世", "故"]
    private static let deathDates = ["death", "died", "deceased", "swrq", "siwang", "死亡", "去世"]

    /// A date of death, or a state such as “死亡”.
    private static func saysDeath(_ field: Field, _ value: String) -> Bool {
        switch field.kind {
        case .date: deathDates.contains { field.name.lowercased().contains($0) }
        case .code, .text:
            dead.contains(value.lowercased())
                || field.codes.contains { $0.value == value && dead.contains($0.key.lowercased()) }
        default: false
        }
    }

    /// `YYYY-MM-DD`, of the date of birth or out of an identity number.
    private func birth(_ place: Int, _ value: String) -> String? {
        if place == schema.birthDate { return value }
        guard schema.fields[place].kind == .residentID, value.utf8.count == 18 else { return nil }
        let digits = Array(value).map(String.init)
        return "\(digits[6..<10].joined())-\(digits[10..<12].joined())-\(digits[12..<14].joined())"
    }

    private func isUnder18(_ birth: String) -> Bool {
        guard let year = Int(today.prefix(4)), birth.utf8.count == 10 else { return false }
        return birth > "\(year - 18)\(today.dropFirst(4))"
    }
}
