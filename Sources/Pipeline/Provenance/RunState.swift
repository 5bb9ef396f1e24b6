import Foundation
import Records
import Rules
import Workspace

/// A stored run as somebody asks about it: its rules, what it stood on, and who its persons are.
struct RunState {
    let store: WorkspaceStore
    let run: StoredRun
    let book: RuleBook
    let standing: Standing
    private let isNewest: Bool
    /// Whether what the store says of findings is what this run said: no later run can have said it otherwise.
    let isWordingKnown: Bool

    /// - Throws: `E-RPL-002` when the rules of the run are not there.
    init(_ store: WorkspaceStore, _ run: StoredRun) throws {
        guard let rules = try store.ruleBook(sha256: run.rules) else { throw ReplayRun.incomplete(run, store) }
        // The rules as they stood at the run, whatever became of the file since.
        try self.init(store, run, try RuleBook.parse(rules.text, path: rules.path))
    }

    /// - Parameter book: of the run.
    init(_ store: WorkspaceStore, _ run: StoredRun, _ book: RuleBook) throws {
        self.store = store
        self.run = run
        self.book = book
        standing = try Standing(store, of: run)
        isNewest = try store.lastRun()?.id == run.id
        isWordingKnown = try store.lastRun(nil)?.id == run.id
    }

    var described: PersonExplanation.Run {
        PersonExplanation.Run(
            id: run.id, finishedAt: run.finishedAt, tool: run.tool, rules: run.rules, isNewest: isNewest)
    }

    /// The fields to explain.
    ///
    /// - Throws: `E-PRV-002`.
    func fields(_ name: String?) throws -> [Int] {
        guard let name else { return Array(book.schema.fields.indices) }
        if let field = book.schema.index(of: name) { return [field] }
        let names = book.schema.fields.map(\.name)
        var near = NearestNames(to: name)
        for known in names { near.consider(known, saidAs: known) }
        let nearest = near.names
        throw Failure(
            .badInput, code: "E-PRV-002", Text(en: "there is no field “\(name)”", zh: "没有名为“\(name)”的字段"),
            advice: nearest.isEmpty
                ? Text(
                    en: "Fields: \(names.joined(separator: ", ")).", zh: "可用的字段：\(names.joined(separator: "、"))。")
                : Text(
                    en: "The nearest are: \(nearest.joined(separator: ", ")).",
                    zh: "最接近的有：\(nearest.joined(separator: "、"))。"))
    }

    /// Who has the number, or its records since it was retired.
    ///
    /// - Throws: `E-PRV-001`.
    func person(_ name: String) throws -> (number: UInt32, retirements: [PersonExplanation.Retirement]) {
        let highest = try store.highestPerson(after: run.id)
        guard let number = UInt32(name.dropFirst()), number > 0, number <= highest else {
            throw unknown(name, highest: highest)
        }
        let steps = try store.retirements(of: number, after: run.id)
        return (
            steps.last?.into ?? number,
            steps.map { .init(person: PersonID.text($0.person), run: $0.run, into: PersonID.text($0.into)) }
        )
    }

    private func unknown(_ name: String, highest: UInt32) -> Failure {
        let digits = Array(PersonID.text(UInt32(name.dropFirst()) ?? 0).utf8)
        // One digit other, or two exchanged: what somebody who copies a number does.
        var near: Set<UInt32> = []
        for place in digits.indices.dropFirst() {
            for digit in UInt8(ascii: "0")...UInt8(ascii: "9") {
                var other = digits
                other[place] = digit
                near.insert(UInt32(String(decoding: other.dropFirst(), as: UTF8.self)) ?? 0)
            }
            if place + 1 < digits.count {
                var other = digits
                other.swapAt(place, place + 1)
                near.insert(UInt32(String(decoding: other.dropFirst(), as: UTF8.self)) ?? 0)
            }
        }
        let known = near.filter { (1...max(1, highest)).contains($0) && $0 <= highest }.sorted(by: >).prefix(3)
        let names = known.reversed().map { PersonID.text($0) }
        return Failure(
            .badInput, code: "E-PRV-001",
            Text(
                en: "there is no person “\(name)” in run \(run.id)", zh: "第 \(run.id) 次运行中没有人员“\(name)”"),
            advice: names.isEmpty
                ? Text(
                    en: "Person ids are those of master.csv, up to \(PersonID.text(highest)).",
                    zh: "人员编号见 master.csv，最大为 \(PersonID.text(highest))。")
                : Text(
                    en: "The nearest are: \(names.joined(separator: ", ")).",
                    zh: "最接近的有：\(names.joined(separator: "、"))。"))
    }

    /// - Returns: `E-PRV-003`.
    func without(_ person: UInt32) -> Failure {
        Failure(
            .badInput, code: "E-PRV-003",
            Text(
                en: "\(PersonID.text(person)) has no record in run \(run.id)",
                zh: "\(PersonID.text(person)) 在第 \(run.id) 次运行中没有记录"),
            advice: Text(
                en:
                    "Its records are no longer in the exports, or were restricted or erased; --run asks about an earlier run.",
                zh: "其记录已不在导出中，或已被限制或删除；可用 --run 查询较早的运行。"))
    }
}
