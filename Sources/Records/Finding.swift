/// One thing found wrong (错), missing (漏) or twice (重): about a record, a cell, a pair, or a file.
///
/// Kept small: a million records bring millions of findings. Texts are made when a finding is written out.
package struct Finding: Sendable {
    package enum Kind: String, Sendable, CaseIterable, Codable {
        case error
        case omission
        case duplicate
    }

    package let kind: Kind
    /// Stable name of the check: `resident-id-checksum`.
    package let check: String
    package let severity: Severity
    private let narrowRow: UInt32
    /// -1 for none.
    private let narrowField: Int32
    /// `.max` for none.
    private let narrowOther: UInt32
    /// The value that should stand there, when it is certain; else empty.
    package let suggestion: String
    /// What the check adds to its message: the contradicting value, the expected one, a probability.
    package let detail: String

    package init(
        kind: Kind, check: String, severity: Severity, row: Int, field: Int? = nil, suggestion: String = "",
        otherRow: Int? = nil, detail: String = ""
    ) {
        self.kind = kind
        self.check = check
        self.severity = severity
        narrowRow = UInt32(row)
        narrowField = field.map { Int32($0) } ?? -1
        narrowOther = otherRow.map { UInt32($0) } ?? .max
        self.suggestion = suggestion
        self.detail = detail
    }

    /// Row of the `RecordTable`.
    package var row: Int { Int(narrowRow) }

    /// Index of the field, when the finding is about one cell.
    package var field: Int? { narrowField < 0 ? nil : Int(narrowField) }

    /// Another record the finding points to, as a row.
    package var otherRow: Int? { narrowOther == .max ? nil : Int(narrowOther) }
}

extension Finding {
    /// Begins the name of a check that a person is absent from a source which the rules expect them in; the source's name
    /// follows. Such a finding is about a record of another source.
    package static let absentPrefix = "absent-from-"

    /// The source that findings of a check say somebody is absent from; `nil` for other checks.
    package static func absence(of check: String) -> String? {
        check.hasPrefix(absentPrefix) ? String(check.dropFirst(absentPrefix.count)) : nil
    }

    /// The check that says of a name that another record of the person has it in its standard form: in Han, in the characters
    /// in use today, with its interpunct.
    package static let writtenDifferently = "written-differently"

    /// The finding's name from run to run: the same check on the same cell of the same record, or on the same two records, keeps
    /// its id.
    package func id(in records: RecordTable) -> String {
        "F" + records.withView { hash(in: $0).hex }
    }

    /// What `id(in:)` writes in hex.
    package func hash(in view: RecordView) -> StableHash {
        var hash = StableHash()
        hash.combine(check)
        hash.combine(view.source(row))
        hash.combine(view.recordID(row))
        hash.combine(holder: view.records.holder(row))
        hash.combine(field.map { view.records.schema.fields[$0].name } ?? "")
        if let otherRow {
            hash.combine(view.source(otherRow))
            hash.combine(view.recordID(otherRow))
            hash.combine(holder: view.records.holder(otherRow))
        }
        if let topic { hash.combine(topic) }
        return hash
    }

    /// What tells this finding apart from others of the same check on the same cell: the date it is held against, the month.
    package var topic: String? { Self.topic(of: detail) }

    package static func topic(of detail: String) -> String? {
        var detail = detail
        return detail.withUTF8 { bytes in
            bytes.firstIndex { $0 == topicEnd || $0 == mark }.flatMap { end in
                bytes[end] == topicEnd ? String(decoding: bytes[..<end], as: UTF8.self) : nil
            }
        }
    }

    private static let topicEnd: UInt8 = 0x1D

    /// A detail that begins with a topic.
    package static func detail(_ detail: String, topic: String) -> String { topic + "\u{1D}" + detail }
}

extension StableHash {
    /// What is found of somebody is not found of who has the record id after them.
    fileprivate mutating func combine(holder: Int) {
        if holder > 0 { combine("holder \(holder)") }
    }
}

extension [Finding] {
    /// What `Finding.id(in:)` writes in hex, of each.
    package func ids(in records: RecordTable, threads: Int = 1) -> [UInt64] {
        let size = 65_536
        let pieces = Parallel.map((count + size - 1) / size, threads: threads) { piece in
            records.withView { view in
                self[piece * size..<Swift.min(count, (piece + 1) * size)].map { $0.hash(in: view).value }
            }
        }
        return [UInt64](joining: pieces)
    }
}
