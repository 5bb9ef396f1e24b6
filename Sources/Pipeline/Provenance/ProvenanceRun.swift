import Foundation
import Matching
import Reconciliation
package import Records
import Reports
import Rules
import Workspace

/// What somebody asks of `qingku explain PERSON`.
package struct ProvenanceRequest: Sendable {
    package var workspace: String
    /// `P` and digits; a retired number stands for the person that has its records.
    package var person: String
    /// `nil`: all fields.
    package var field: String?
    /// `nil`: the newest that made a master.
    package var run: Int?
    package var threads: Int

    package init(workspace: String, person: String, field: String? = nil, run: Int? = nil, threads: Int) {
        self.workspace = workspace
        self.person = person
        self.field = field
        self.run = run
        self.threads = threads
    }
}

/// Takes the cells of a person back to what offices delivered and what people said. Nothing is written.
///
/// The person's own records are enough for that, with what the run found of them. The answer is held against the files of
/// the run; where they differ, or are not there, the whole run is made again and asked instead.
package enum ProvenanceRun {
    /// - Throws: `E-PRV-001` for a person nobody knows, `E-PRV-002` for an unknown field, `E-PRV-003` for a person without records
    ///   in the run, `E-PRV-004` when the cells do not come out as the run has them; `E-RPL-001`, `E-RPL-002`.
    package static func run(
        _ request: ProvenanceRequest, progress: (CleaningStage) -> Void = { _ in }
    ) throws -> PersonExplanation {
        let store = try WorkspaceStore.openReadOnly(directory: request.workspace)
        let state = try RunState(store, try store.cleanRun(request.run))
        let fields = try state.fields(request.field)
        let (number, retirements) = try state.person(request.person)
        return try explain(number, retirements, fields, state, request, progress)
    }

    /// Whether a name has the form of a person's: `P` and digits.
    package static func isPerson(_ name: String) -> Bool {
        name.first == "P" || name.first == "p"
            ? name.utf8.count > 1 && name.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) } : false
    }

    /// The person that a record stands for after a run, as it is written out.
    ///
    /// - Throws: `E-WRD-001` for a record nobody knows, or that several sources have; `E-PRV-005` for one that the run did not have.
    package static func person(ofRecord name: String, workspace: String, run: Int?) throws -> String {
        let store = try WorkspaceStore.openReadOnly(directory: workspace)
        let run = try store.cleanRun(run)
        let record = try Speaker.record(name, in: store)
        let person = try store.person(of: record.key, before: run.id + 1)
        guard person != 0 else {
            throw Failure(
                .badInput, code: "E-PRV-005",
                Text(en: "run \(run.id) did not have the record “\(name)”", zh: "第 \(run.id) 次运行中没有记录“\(name)”"))
        }
        return PersonID.text(person)
    }

    /// Whether the two names are those of records, and the second is no field: offices may number records like persons.
    package static func namesTwoRecords(_ request: ProvenanceRequest) throws -> Bool {
        guard let second = request.field else { return false }
        let store = try WorkspaceStore.openReadOnly(directory: request.workspace)
        let run = try store.cleanRun(request.run)
        if try RunState(store, run).book.schema.index(of: second) != nil { return false }
        func isRecord(_ name: String) throws -> Bool {
            if try !store.records(named: name).isEmpty { return true }
            guard let colon = name.firstIndex(of: ":") else { return false }
            return try !store.records(
                named: String(name[name.index(after: colon)...]), source: String(name[..<colon])
            ).isEmpty
        }
        return try isRecord(request.person) && isRecord(second)
    }

    private static func explain(
        _ number: UInt32, _ retirements: [PersonExplanation.Retirement], _ fields: [Int], _ state: RunState,
        _ request: ProvenanceRequest, _ progress: (CleaningStage) -> Void
    ) throws -> PersonExplanation {
        let (store, run) = (state.store, state.run)
        let own = Set(try store.records(ofPerson: number, after: run.id))
        var person = try PersonMaster(number, own, state)
        guard !person.members.isEmpty else { throw state.without(number) }
        let keys = Set(person.members.map { person.records.key(Int($0)) })
        let account = RunAccount(
            PersonID.text(number), keys, of: run, in: store.directory, withFindings: !state.isWordingKnown,
            threads: request.threads)
        var (pairs, notes) = (account?.pairs ?? [], try pending(own, state))
        if account.map({ person.agrees(with: $0) }) != true {
            let whole = try ReplayRun.cleaned(run, store, threads: request.threads, begin: progress)
            let keysOfRows = try whole.standing.keys(of: whole.records)
            let found = PersonFound(whole, about: own, keysOfRows)
            person = try PersonMaster(number, own, run, state.book, state.standing, found)
            pairs = whole.pairs(among: keys)
            try notes += compare(person, with: whole, keysOfRows, account, run)
        }
        let tracer = CellTracer(person, state)
        let members = try MemberReader(store).members(person)
        return PersonExplanation(
            person: PersonID.text(number), retirements: retirements, run: state.described, members: members,
            joins: try Joins.all(members.map(\.key), pairs, state.standing), cells: fields.map { tracer.cell($0) },
            notes: notes)
    }

    /// What people said since the newest run, which the next one takes in.
    private static func pending(_ own: Set<Int64>, _ state: RunState) throws -> [Text] {
        guard state.described.isNewest else { return [] }
        return try state.store.liveOverrides().filter { override in
            override.event > state.standing.basis && !own.isDisjoint(with: override.records)
        }.map { override in
            Text(
                en:
                    "\(override.by) has set \(override.field) to “\(override.text)” since (event \(override.event)); the next run takes it in.",
                zh: "此后 \(override.by) 将 \(override.field) 改为“\(override.text)”（第 \(override.event) 号事件），下次运行时生效。")
        }
    }

    /// What is to be said of an answer for which the run was made again.
    private static func compare(
        _ person: PersonMaster, with whole: Cleaned, _ keys: StoredKeys, _ account: RunAccount?, _ run: StoredRun
    ) throws -> [Text] {
        let rows = person.members.compactMap { keys.row(of: person.places[Int($0)].record) }
        let index = rows.first.map { Int(whole.master.personOf[$0]) }
        let fields = person.records.schema.fields.indices
        let isSame =
            index.map { index in
                whole.master.members(of: index).map { Int($0) } == rows.sorted()
                    && fields.allSatisfy { field in
                        whole.master.value(index, field, in: whole.records).utf8.elementsEqual(person.cells[field].utf8)
                    }
            } ?? false
        if let account {
            if account.cells.map({ $0.prefix(fields.count).elementsEqual(person.cells) }) == true { return [] }
            return [
                Text(
                    en:
                        "Made again today, run \(run.id) gives other cells than its \(MasterFile.name) has: records were erased since, or the run was made with another version (\(run.tool)). “qingku audit replay --run \(run.id)” says more.",
                    zh:
                        "第 \(run.id) 次运行现在重新计算的结果与当时的 \(MasterFile.name) 不同：此后有记录被删除，或当时使用了其他版本（\(run.tool)）。详见 qingku audit replay --run \(run.id)。"
                )
            ]
        }
        guard isSame else {
            throw Failure(
                .verification, code: "E-PRV-004",
                Text(
                    en:
                        "\(PersonID.text(UInt32(whole.assignment.persons[rows.first ?? 0]))) does not come out as in run \(run.id)",
                    zh: "无法重现第 \(run.id) 次运行中的该人员"),
                advice: Text(
                    en: "“qingku audit replay --run \(run.id)” says what differs.",
                    zh: "请运行 qingku audit replay --run \(run.id) 查明差异。"))
        }
        return [
            Text(
                en:
                    "The files of run \(run.id) are not there as it wrote them, so the run was made again for this answer.",
                zh: "第 \(run.id) 次运行的文件已不在或被改动，因此为回答此问题重新进行了该次运行。")
        ]
    }
}

/// What was found of a person's records.
struct PersonFound {
    let findings: [WorkspaceStore.RecordFinding]
    /// They are in the order of the run.
    let isOrdered: Bool

    init(_ findings: [WorkspaceStore.RecordFinding], isOrdered: Bool) {
        self.findings = findings
        self.isOrdered = isOrdered
    }

    /// As the run finds them when it is made again.
    init(_ whole: Cleaned, about own: Set<Int64>, _ keys: StoredKeys) {
        let rows = Set(own.compactMap { keys.row(of: $0) })
        let schema = whole.records.schema
        self.init(
            whole.findings.filter { rows.contains($0.row) }.map { finding in
                WorkspaceStore.RecordFinding(
                    kind: finding.kind, check: finding.check, severity: finding.severity,
                    record: keys.key(of: finding.row), other: finding.otherRow.map { keys.key(of: $0) },
                    field: finding.field.map { schema.fields[$0].name }, suggestion: finding.suggestion,
                    detail: finding.detail)
            }, isOrdered: true)
    }
}

extension Cleaned {
    /// Scored pairs of two of the records.
    fileprivate func pairs(
        among keys: Set<RecordKey>
    ) -> [(a: RecordKey, b: RecordKey, score: PersonExplanation.Join.Score)] {
        matches.pairs.compactMap { pair in
            let (a, b) = (records.key(Int(pair.a)), records.key(Int(pair.b)))
            guard keys.contains(a), keys.contains(b) else { return nil }
            let index = Int(pair.key)
            return (
                a, b,
                .init(
                    probability: pair.probability, weight: pair.weight, outcome: pair.outcome,
                    key: index < matches.blocking.count ? matches.blocking[index].key : "")
            )
        }
    }
}

extension PersonMaster {
    /// Whether the run's files say the same of every cell: value, record and rule.
    func agrees(with account: RunAccount) -> Bool {
        guard let cells = account.cells, cells.count == self.cells.count + 2 else { return false }
        guard zip(cells, self.cells).allSatisfy({ $0.utf8.elementsEqual($1.utf8) }) else { return false }
        guard cells[self.cells.count] == String(members.count) else { return false }
        var changes: [[String]] = []
        Changes(master: master, records: records).each { change in
            guard change.person == index else { return }
            let key = change.row.map { records.key($0) }
            let after = change.replacement?.text ?? change.row.map { records.shown($0, change.field) } ?? ""
            changes.append([
                key?.source ?? "", key?.recordID ?? "", records.schema.fields[change.field].name,
                change.row.map { records.raw($0, change.field) } ?? "", after,
                change.replacement.map { ChangesFile.rule(change.rule, $0, records) } ?? change.rule,
            ])
        }
        guard changes.elementsEqual(account.changes, by: Self.areEqual) else { return false }
        return account.findings.map(hasFound) ?? true
    }

    /// Whether the run said the same of the records: the store has the latest wording of a finding alone.
    private func hasFound(_ rows: [[String]]) -> Bool {
        let states = ledger.hasWaived ? ledger.states : []
        let own = Set(members.map { Int($0) })
        let known = findings.indices.filter { own.contains(findings[$0].row) }.map { place in
            let finding = findings[place]
            return [
                finding.id(in: records), finding.severity.rawValue, finding.suggestion,
                !states.isEmpty && states[place] == .waived ? "waived" : "",
            ]
        }
        let conflicts = Set(Conflicts.all(master, records).map { $0.id(in: records) })
        // Trouble with the way a file is written says nothing of a cell.
        let said = rows.filter { $0[0].hasPrefix("F") && !conflicts.contains($0[0]) }.map { row in
            [row[0], row[1], row[2], row[3] == "waived" ? "waived" : ""]
        }
        func sorted(_ rows: [[String]]) -> [[String]] { rows.sorted { $0.lexicographicallyPrecedes($1) } }
        return sorted(known).elementsEqual(sorted(said), by: Self.areEqual)
    }

    private static func areEqual(_ a: [String], _ b: [String]) -> Bool {
        a.elementsEqual(b) { $0.utf8.elementsEqual($1.utf8) }
    }
}
