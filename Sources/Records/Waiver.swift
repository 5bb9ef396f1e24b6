/// Somebody's word that a finding is to be accepted as it is: an odd name that is right, a date the office has confirmed.
/// Never deleted, only superseded.
package struct Waiver: Sendable, Hashable {
    /// The finding's id, as a number.
    package let finding: UInt64
    package let by: String
    package let reason: String
    /// UTC, ISO 8601, to the second.
    package let at: String
    /// The last day it holds, `YYYY-MM-DD`; `nil`: without end.
    package let until: String?
    /// Of what was accepted (`Finding.accepted(in:)`): the waiver ends when that changes.
    package let value: UInt64

    package init(finding: UInt64, by: String, reason: String, at: String, until: String?, value: UInt64) {
        self.finding = finding
        self.by = by
        self.reason = reason
        self.at = at
        self.until = until
        self.value = value
    }

    /// Whether its last day has not passed.
    package func holds(on day: String) -> Bool {
        until.map { day <= $0 } ?? true
    }
}

/// What a waiver is given for, as a number that changes when it does: the finding's cell and what the check holds
/// against it; of a finding about a whole record all its cells, of a duplicate those of both records.
package struct AcceptedValue {
    private var hash = StableHash()

    package init() {}

    package mutating func add(field: String, cell: UnsafeBufferPointer<UInt8>) {
        // A column that an office adds and leaves empty changes nothing.
        if cell.isEmpty { return }
        hash.combine(field)
        hash.combine(cell)
    }

    package mutating func add(detail: String) {
        hash.combine(detail)
    }

    package mutating func endRecord() {
        hash.combine(UInt8(0x1E))
    }

    package var value: UInt64 { hash.value }
}

extension Finding {
    /// The value a waiver of this finding is given for.
    package func accepted(in view: RecordView) -> UInt64 {
        var accepted = AcceptedValue()
        let fields = view.records.schema.fields
        func add(row: Int) {
            for index in fields.indices where field == nil || field == index {
                accepted.add(field: fields[index].name, cell: view.raw(row, index))
            }
            accepted.endRecord()
        }
        add(row: row)
        if kind == .duplicate {
            if let otherRow { add(row: otherRow) }
        } else {
            accepted.add(detail: detail)
        }
        return accepted.value
    }

    /// The source that has to act: the finding's own, or the one that somebody is absent from; none for two records of different
    /// sources that may be one person, which people of the registry decide.
    package func owner(in records: RecordTable) -> Int? {
        if let absent = Self.absence(of: check) { return records.sources.firstIndex { $0.source == absent } }
        let source = records.sourceIndex(of: row)
        guard kind == .duplicate, let otherRow else { return source }
        return records.sourceIndex(of: otherRow) == source ? source : nil
    }
}
