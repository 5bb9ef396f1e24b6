import Matching
import Reconciliation
import Records
import Rules
import Validation
import Workspace

/// Why a word needs a second person, by the rule book that is in force when it is said.
struct Dangers {
    private let store: WorkspaceStore
    private let plan: ApprovalPlan
    private let schema: Schema
    /// `YYYY-MM-DD`.
    private let today: String
    private let written: WrittenCells

    init(_ store: WorkspaceStore, _ book: RuleBook?, today: String) {
        self.store = store
        written = WrittenCells(store)
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
    /// - Parameters:
    ///   - count: how many they are with those of further events.
    ///   - joined: the persons that they make with those; `nil`: with what was said before alone.
    func of(_ decisions: [Decision], count: Int? = nil, joined: JoinedPersons? = nil) throws -> [String] {
        if plan.twoPeople.isEmpty || decisions.isEmpty { return [] }
        var found: Set<ApprovalPlan.Danger> = []
        if count ?? decisions.count > plan.bulkOver { found.insert(.bulk) }
        let joined = try joined ?? self.joined(by: decisions)
        var records: Set<Int64> = []
        for decision in decisions {
            let (a, b) = (try joined.members(of: decision.a), try joined.members(of: decision.b))
            if a.union(b).count > plan.groupOver { found.insert(.largeGroup) }
            records.formUnion(a.stored.union(b.stored))
        }
        let isMerge = decisions.contains { $0.verdict == .same }
        found.formUnion(try ofPersons(records, isMerge: isMerge))
        return chosen(found)
    }

    /// The persons that decisions make with each other and with what was said since the newest run.
    func joined(by decisions: [Decision]) throws -> JoinedPersons {
        if plan.twoPeople.isEmpty || decisions.isEmpty { return JoinedPersons(store) }
        return try JoinedPersons(
            store,
            by: (store.decisions(since: store.lastRun()) + decisions).filter { $0.verdict == .same })
    }

    /// A value that is written for a person.
    struct Writing {
        /// Stored ones of the person.
        let records: [Int64]
        let field: String
        let text: String

        init(records: [Int64], field: String, text: String) {
            (self.records, self.field, self.text) = (records, field, text)
        }

        init(_ override: StoredOverride) {
            self.init(records: override.records, field: override.field, text: override.text)
        }
    }

    /// Of a value written for a person.
    func of(override: Writing) throws -> [String] { plan.twoPeople.isEmpty ? [] : chosen(try ofWritings([override])) }

    /// Of values written at once.
    func of(overrides: [Writing]) throws -> [String] {
        if plan.twoPeople.isEmpty || overrides.isEmpty { return [] }
        var found = try ofWritings(overrides)
        if overrides.count > plan.bulkOver { found.insert(.bulk) }
        return chosen(found)
    }

    private func ofWritings(_ writings: [Writing]) throws -> Set<ApprovalPlan.Danger> {
        var found = try ofPersons(Set(writings.lazy.flatMap(\.records)), isMerge: false)
        for writing in writings { found.formUnion(ofCell(writing.field, writing.text).dangers) }
        return found
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

    private func ofPersons(_ records: Set<Int64>, isMerge: Bool) throws -> Set<ApprovalPlan.Danger> {
        var found: Set<ApprovalPlan.Danger> = []
        if plan.twoPeople.isDisjoint(with: [.deceased, .minor, .differentIDs]) { return found }
        var numbers: [String: Set<String>] = [:]
        let cells = try store.newestCells(of: records.sorted()).joined() + written.of(records)
        for (name, text) in cells {
            let cell = ofCell(name, text)
            found.formUnion(cell.dangers)
            if let number = cell.number { numbers[name, default: []].insert(number) }
        }
        if isMerge, numbers.values.contains(where: { $0.count > 1 }) { found.insert(.differentIDs) }
        return found
    }

    /// What a cell says that makes its person one to be careful with, and the number in it.
    private func ofCell(_ name: String, _ text: String) -> (dangers: Set<ApprovalPlan.Danger>, number: String?) {
        guard let place = schema.index(of: name) else { return ([], nil) }
        let field = schema.fields[place]
        let normal = Normalizer(for: field).normalize(text)
        guard normal.isWellFormed, !normal.value.isEmpty else { return ([], nil) }
        var found: Set<ApprovalPlan.Danger> = []
        if Self.saysDeath(field, normal.value) { found.insert(.deceased) }
        if let birth = birth(place, normal.value), isUnder18(birth) { found.insert(.minor) }
        return (found, [.residentID, .identifier].contains(field.kind) ? normal.value : nil)
    }

    private static let dead: Set<String> = ["dead", "deceased", "died", "死亡", "已死亡", "已故", "亡故", "去世", "故"]
    private static let deathDates = ["death", "died", "deceased", "swrq", "siwang", "死亡", "去世"]

    /// A date of death, or a state such as “死亡”.
    private static func saysDeath(_ field: Field, _ value: String) -> Bool {
        switch field.kind {
        case .date: FieldName(field.name).has(deathDates)
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

/// What people wrote into cells of persons and did not take back, by record, read when it is first asked for.
private final class WrittenCells {
    private let store: WorkspaceStore
    private var cells: [Int64: [(field: String, text: String)]]?

    init(_ store: WorkspaceStore) { self.store = store }

    func of(_ records: Set<Int64>) throws -> [(field: String, text: String)] {
        if cells == nil {
            var cells: [Int64: [(field: String, text: String)]] = [:]
            for override in try store.liveOverrides() {
                for record in override.records {
                    cells[record, default: []].append((override.field, override.text))
                }
            }
            self.cells = cells
        }
        return records.sorted().flatMap { cells?[$0] ?? [] }
    }
}
