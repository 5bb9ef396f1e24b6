import Records
import Rules
import Workspace

/// Cells that somebody chooses for the person that two records are, together with saying that they are one.
extension ReviewSession {
    /// - Parameter answer: its reason grows by what was confirmed.
    /// - Throws: `E-DSK-019` where the two do not become one person; `E-WRD-007`, `E-WRD-008` and `E-WRD-011` as for a value that
    ///   is written for a person.
    func cells(
        _ answer: inout PairAnswer, _ pair: DeskPair, _ desk: DeskRun
    ) throws -> [(field: String, text: String, person: UInt32, records: [Int64])] {
        if answer.cells.isEmpty { return [] }
        guard answer.verdict == .same, pair.aPerson != pair.bPerson || pair.aPerson == 0 else {
            throw Self.cellsOfNobody
        }
        let own = try records(of: pair.aPerson, pair.a).union(records(of: pair.bPerson, pair.b))
        let known = try DeskRecords(own, self, desk)
        let (schema, speaker) = (desk.book.schema, speaker())
        let person: UInt32 = [pair.aPerson, pair.bPerson].filter { $0 != 0 }.min() ?? 0
        var reason = answer.reason
        let cells = try answer.cells.map { cell in
            guard let place = schema.index(of: cell.field) else { throw Speaker.noField(cell.field, schema) }
            let value: String
            var isOfRecord = false
            switch cell.value {
            case .typed(let text): value = text
            case .record(let record):
                guard let chosen = known[record]?.cells[place] else { throw Self.otherPair }
                value = chosen.raw
                isOfRecord = true
            }
            let text = try speaker.shown(value, place, desk.book, isOfRecord: isOfRecord)
            reason = try confirmed(reason, text, cell.field, answer.confirmation)
            return (cell.field, text, person, own.sorted())
        }
        answer.reason = reason
        return cells
    }

    static let cellsOfNobody = Failure(
        .badInput, code: "E-DSK-019",
        Text(
            en: "cells were chosen for one person, and the answer does not make one person of the two",
            zh: "已选定合并后的单元格，但该判定并未将两者合为一人"),
        advice: Text(
            en: "Nothing was saved. Take the chosen cells back, or answer “same person”.",
            zh: "未保存任何内容。请取消所选单元格，或选择“同一人”。"))
}
