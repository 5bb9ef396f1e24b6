import Importers
import Reconciliation
import Records
import Rules
import Workspace

/// Finds what `undo` names, and what it means to take that back.
struct Undoing {
    let speaker: Speaker

    private var store: WorkspaceStore { speaker.store }

    /// What people can take back, by type of the event that records it.
    static let types: [String: Text] = [
        "decision.made": Text(en: "a decision", zh: "判定"),
        "cell.overridden": Text(en: "a value written into a cell", zh: "单元格改写"),
        "finding.waived": Text(en: "a waiver of findings", zh: "豁免"),
        "waiver.taken-back": Text(en: "the end of a waiver", zh: "撤销豁免"),
        "batch.imported": Text(en: "an import", zh: "导入"),
        "word.withdrawn": Text(en: "an undo", zh: "撤销"),
        "decision.proposed": Text(en: "a decision", zh: "判定"),
        "override.proposed": Text(en: "a value written into a cell", zh: "单元格改写"),
        "withdrawal.proposed": Text(en: "an undo", zh: "撤销"),
        "calibration.applied": Text(en: "a calibration of the scores", zh: "评分校准"),
        "calibration.proposed": Text(en: "a calibration of the scores", zh: "评分校准"),
    ]

    /// - Throws: `E-UND-001` for what cannot be found, `E-UND-002` for what is taken back already, `E-UND-003` for an event
    ///   that nobody can take back, `E-UND-004` when no export would be left, `E-UND-005` for what waits for a second person, `E-UND-007` when the
    ///   export that would be in force again is not whole any more.
    func speech(_ targets: [String]) throws -> Speech {
        var speech = Speech()
        for target in targets {
            let parts = target.split(separator: ":", maxSplits: 1).map(String.init)
            switch (parts.count == 2 ? parts[0] : "event", parts.last ?? "") {
            case ("merge", let person): speech.add(try unmerge(person))
            case ("split", let person):
                speech.add(try unsplit(person, besides: Set(speech.withdrawals.map(\.event))))
            case (let kind, let number):
                guard let id = Int(number), let event = try event(kind, id) else { throw unknown(target) }
                if speech.withdrawals.contains(where: { $0.event == event }) { continue }
                speech.add(try withdraw(event))
                if let other = try companion(of: event), !speech.withdrawals.contains(where: { $0.event == other }) {
                    speech.add(try withdraw(other))
                }
            }
        }
        try checkBatches(speech)
        speech.meaning += try exports(speech.withdrawals.map(\.event))
        return speech
    }

    /// Whether an event that takes another one back names this subject of it too.
    private static func isLasting(_ subject: String) -> Bool {
        !subject.hasPrefix("event:") && !subject.hasPrefix("class:")
    }

    private func event(_ kind: String, _ id: Int) throws -> Int? {
        switch kind {
        case "event": id
        case "decision": try store.event(ofDecision: id)
        case "override": try store.event(ofOverride: id)
        case "batch": try store.event(ofBatch: id)
        default: nil
        }
    }

    private func unknown(_ target: String) -> Failure {
        Failure(
            .badInput, code: "E-UND-001", Text(en: "there is no “\(target)” to undo", zh: "没有可撤销的“\(target)”"),
            advice: Text(
                en: "“qingku undo --list” shows what can be undone.", zh: "qingku undo --list 列出可撤销的内容。"))
    }

    private func withdraw(_ event: Int) throws -> Speech {
        guard let recorded = try store.event(event) else { throw unknown("\(event)") }
        guard let what = Self.types[recorded.event.type] else {
            throw Failure(
                .badInput, code: "E-UND-003",
                Text(
                    en: "event \(event) (\(recorded.event.type)) is not something that people said",
                    zh: "第 \(event) 号事件（\(recorded.event.type)）不是人工判定或操作"),
                advice: Text(
                    en: "“qingku undo --list” shows what can be undone; merge:PERSON takes back a merge of a run.",
                    zh: "qingku undo --list 列出可撤销的内容；merge:人员编号 撤销某次运行的合并。"))
        }
        if try ApproveRun.waiting(store).contains(where: { $0.event == event }) {
            throw Failure(
                .badInput, code: "E-UND-005",
                Text(
                    en: "event \(event) waits for a second person and does not count yet",
                    zh: "第 \(event) 号事件待第二人批准，尚未生效"
                ),
                advice: Text(
                    en: "“qingku approve \(event) --refuse” takes it off the list.",
                    zh: "qingku approve \(event) --refuse 可将其取消。"))
        }
        if try store.withdrawnEvents().contains(event) {
            if try isUnfinished(event) { return Speech() }
            throw Failure(
                .badInput, code: "E-UND-002",
                Text(en: "event \(event) is taken back already", zh: "第 \(event) 号事件已被撤销"),
                advice: Text(
                    en: "Undo the undo to put it back; “qingku undo --list” shows its number.",
                    zh: "撤销那次撤销即可恢复；qingku undo --list 列出其编号。"))
        }
        var speech = Speech()
        speech.withdrawals = [(event, recorded.event.subjects.filter(Self.isLasting))]
        speech.meaning = [
            Text(
                en:
                    "event \(event) of \(recorded.event.time.prefix(10)), \(what.en) by \(recorded.event.actor), counts no more",
                zh: "\(recorded.event.actor) 于 \(recorded.event.time.prefix(10)) 的第 \(event) 号事件（\(what.zh)）不再有效")
        ]
        return speech
    }

    /// What was said in the same breath, and still counts.
    private func companion(of event: Int) throws -> Int? {
        guard let recorded = try store.event(event), let other = try Companions.companion(of: recorded, store),
            try !store.withdrawnEvents().contains(other)
        else { return nil }
        return other
    }

    /// Whether the master was not made anew since it was taken back: the process was ended between, and what is left of the
    /// same command is to do that.
    private func isUnfinished(_ event: Int) throws -> Bool {
        guard speaker.request.isReconciled, !speaker.request.isDryRun, let run = try store.lastRun() else {
            return false
        }
        return try store.withdrawals().contains { $0.withdrawal.target == event && $0.event > run.basis }
    }

    /// Which exports are in force once that is taken back, and what changes with them.
    private func exports(_ taken: [Int]) throws -> [Text] {
        if taken.isEmpty { return [] }
        let (before, after) = (try newest(.now), try newest(Moment(withdrawing: taken)))
        return try Set(before.keys).union(after.keys).sorted().compactMap { source in
            guard before[source]?.id != after[source]?.id else { return nil }
            guard let new = after[source] else {
                return Text(en: "\(source): no export is left, it takes no part", zh: "\(source)：不再有导出文件，不参与处理")
            }
            let (file, day) = (Self.fileName(new), String(new.importedAt.prefix(10)))
            guard let old = before[source] else {
                return Text(
                    en:
                        "\(source): \(file) of \(day) (batch \(new.id), \(counted(new.counts.records, "record"))) is in force",
                    zh: "\(source)：\(day) 导入的 \(file)（第 \(new.id) 批，\(new.counts.records) 条记录）生效")
            }
            let change = try store.difference(from: old, to: new)
            return Text(
                en:
                    "\(source): \(file) of \(day) (batch \(new.id)) is in force in place of \(Self.fileName(old)) (batch \(old.id)): \(counted(change.coming, "record")) more, \(change.going) fewer, \(change.other) with other cells",
                zh:
                    "\(source)：\(day) 导入的 \(file)（第 \(new.id) 批）取代 \(Self.fileName(old))（第 \(old.id) 批）生效：恢复 \(change.coming) 条记录，移除 \(change.going) 条，\(change.other) 条内容改变"
            )
        }
    }

    /// By source: the export that is in force.
    private func newest(_ moment: Moment) throws -> [String: Batch] {
        Dictionary(try store.liveBatches(at: moment).map { ($0.source, $0) }) { _, last in last }
    }

    private static func fileName(_ batch: Batch) -> String {
        batch.file.path.split(separator: "/").last.map(String.init) ?? batch.file.path
    }

    /// Something has to be left to work on.
    private func checkBatches(_ speech: Speech) throws {
        let taken = speech.withdrawals.map(\.event)
        if taken.isEmpty { return }
        try checkChanges(Set(taken))
        let left = try newest(Moment(withdrawing: taken))
        guard left.isEmpty else { return try checkRemoved(left) }
        throw Failure(
            .badInput, code: "E-UND-004",
            Text(en: "no export would be left", zh: "撤销后将没有任何导出"),
            advice: Text(en: "Import another export first.", zh: "请先导入其他导出文件。"))
    }

    /// Persons would be missing with the records whose cells retention has removed.
    private func checkRemoved(_ left: [String: Batch]) throws {
        let before = try newest(.now)
        for (source, batch) in left.sorted(by: { $0.key < $1.key }) where before[source]?.id != batch.id {
            let removed = try store.removedRecords(of: batch)
            if removed == 0 { continue }
            throw Failure(
                .badInput, code: "E-UND-007",
                Text(
                    en:
                        "\(source): batch \(batch.id) would be in force again, and retention has removed the cells of \(counted(removed, "record")) of it",
                    zh: "\(source)：第 \(batch.id) 批将重新生效，但其中 \(removed) 条记录的内容已被按期清理移除"),
                advice: Text(
                    en: "Import the file again instead, it takes the place of the newer one: \(batch.file.path)",
                    zh: "请改为重新导入该文件，它将取代较新的导出：\(batch.file.path)"))
        }
    }

    /// An export of changes holds all that the ones before it brought, so the last one goes first.
    private func checkChanges(_ taken: Set<Int>) throws {
        guard let rules = try store.ruleBook(), let book = try? RuleBook.parse(rules.text, path: rules.path) else {
            return
        }
        for plan in book.sources where plan.holdsChangesOnly {
            let batches = try store.liveBatches(ofSource: plan.profile.name)
            guard let first = batches.firstIndex(where: { taken.contains($0.event) }),
                let later = batches[(first + 1)...].first(where: { !taken.contains($0.event) })
            else { continue }
            throw Failure(
                .badInput, code: "E-UND-006",
                Text(
                    en: "batch \(later.id) came later and holds what this export of changes brought",
                    zh: "第 \(later.id) 批是之后导入的，其中已包含此次变更导出的内容"),
                advice: Text(
                    en: "Take the later ones back first, the last one before the others.",
                    zh: "请先撤销之后的导入，从最后一次开始。"))
        }
    }

    /// The records that the retired person had leave the person it was merged into; those that came later stay free to go
    /// where their own evidence points.
    private func unmerge(_ text: String) throws -> Speech {
        guard let person = PersonID.given(text) else { throw speaker.unknown(text) }
        guard let merge = try store.merge(of: person) else {
            throw Failure(
                .badInput, code: "E-UND-001",
                Text(en: "\(text) is not merged into anybody", zh: "\(text) 没有被并入他人"),
                advice: Text(
                    en: "Give the id that was retired; “qingku split” takes records out of a person.",
                    zh: "请给出已停用的编号；qingku split 可从人员中分出记录。"))
        }
        let (current, members) = try speaker.members(of: text)
        let before = try members.map { ($0, try store.person(of: $0.key, before: merge.run)) }
        let parting = before.filter { $0.1 == person }.map(\.0)
        let staying = before.filter { $0.1 != person && $0.1 != 0 }.map(\.0)
        guard !parting.isEmpty, !staying.isEmpty else { throw unknown("merge:" + text) }
        return try speaker.apart(
            parting, staying, .unsure,
            Text(
                en:
                    "the merge of \(PersonID.text(person)) into \(PersonID.text(current)) is taken back: \(Speaker.list(parting)) on one side, \(Speaker.list(staying)) on the other",
                zh:
                    "撤销 \(PersonID.text(person)) 并入 \(PersonID.text(current))：一方为 \(Speaker.list(parting))，另一方为 \(Speaker.list(staying))"
            ))
    }

    /// The records that left a person go back to it: the words that hold them apart are taken back. Where no word does, the
    /// machine parted them, and somebody has to say that they are one person.
    ///
    /// - Parameter taken: events that the same command takes back already: one split may have made several persons.
    private func unsplit(_ text: String, besides taken: Set<Int>) throws -> Speech {
        let (person, members) = try speaker.members(of: text)
        var former: UInt32 = 0
        for record in members where former == 0 || former == person {
            former = try store.formerPerson(of: record.key)
        }
        let others = former == person ? [] : try store.records(ofPerson: former)
        guard former != 0, let other = others.first else {
            throw Failure(
                .badInput, code: "E-UND-001",
                Text(en: "\(text) was not split from anybody", zh: "\(text) 不是由他人拆分而来"))
        }
        var speech = Speech()
        speech.meaning = [
            Text(
                en: "\(PersonID.text(person)) is put together again with \(PersonID.text(former))",
                zh: "\(PersonID.text(person)) 与 \(PersonID.text(former)) 重新合并")
        ]
        let partings = try partings(of: Set(members.map(\.name)), Set(others.map(\.name)))
        for event in partings where !taken.contains(event) { speech.add(try withdraw(event)) }
        guard partings.isEmpty else { return speech }
        for record in members where try store.formerPerson(of: record.key) == former {
            speech.decisions.append(speaker.decision(record.name, other.name, .same))
        }
        return speech
    }

    /// The events that keep a record of the one from one of the other, those among them that came out when a later word on the
    /// same two was taken back.
    private func partings(of one: Set<RecordKey>, _ other: Set<RecordKey>) throws -> [Int] {
        var events: [Int] = []
        while true {
            let moment = Moment(withdrawing: events)
            let apart = try store.liveDecisions(at: moment).filter { decision in
                decision.verdict != .same
                    && (one.contains(decision.a) && other.contains(decision.b)
                        || one.contains(decision.b) && other.contains(decision.a))
            }
            let found = Set(try apart.compactMap { try store.event(of: $0, at: moment) })
            if found.isEmpty { return events.sorted() }
            events += found.sorted()
        }
    }
}
