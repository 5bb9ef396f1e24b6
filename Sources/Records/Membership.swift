/// Which person each record of this run stood for when it was last seen, as the workspace remembers it, and which numbers
/// its records founded.
///
/// Persons are numbers, from 1 without reuse; `PersonID` writes them out. A record founds the number of the person it came
/// with, and each number that is given out because it left somebody. What it founded does not depend on what was merged and
/// taken apart since, and so neither does the number that a group gets back.
package struct Membership: Sendable {
    /// Stored records that take no part in this run, counted: of a source left out, or vanished from an export.
    package struct Absent: Sendable, Hashable {
        package let person: UInt32
        /// A number they founded.
        package let founded: UInt32
        package let records: Int

        package init(person: UInt32, founded: UInt32, records: Int) {
            self.person = person
            self.founded = founded
            self.records = records
        }
    }

    /// A further number that a record founded.
    package struct Founding: Sendable, Hashable {
        package let row: UInt32
        package let person: UInt32

        package init(row: UInt32, person: UInt32) {
            self.row = row
            self.person = person
        }
    }

    /// One per row of the `RecordTable`: its person in the run before, 0 for a record never seen.
    package let current: [UInt32]
    /// One per row: the person it came with, 0 for a record never seen.
    package let first: [UInt32]
    package let further: [Founding]
    /// By person and number, ascending.
    package let absent: [Absent]
    /// The highest number ever given out, retired ones included.
    package let highest: UInt32

    package init(
        current: [UInt32], first: [UInt32], further: [Founding] = [], absent: [Absent] = [], highest: UInt32
    ) {
        self.current = current
        self.first = first
        self.further = further
        self.absent = absent
        self.highest = highest
    }

    /// One per row: the smallest row that stood for the same person; its own for a record never seen.
    package var groups: [UInt32] {
        var first: [UInt32: UInt32] = [:]
        return current.enumerated().map { row, person in
            if person == 0 { return UInt32(row) }
            if let smallest = first[person] { return smallest }
            first[person] = UInt32(row)
            return UInt32(row)
        }
    }

    /// Whether anybody was matched before.
    package var isKnown: Bool { current.contains { $0 != 0 } }

    /// Of a workspace in which nothing has run yet.
    package static func none(rows: Int, highest: UInt32 = 0) -> Membership {
        let nobody = [UInt32](repeating: 0, count: rows)
        return Membership(current: nobody, first: nobody, highest: highest)
    }
}

/// Which person each record of this run stands for, and what that changes.
package struct PersonAssignment: Sendable {
    /// `from` is retired, its number an alias of `into`.
    package struct Merge: Sendable, Hashable {
        package let from: UInt32
        package let into: UInt32

        package init(from: UInt32, into: UInt32) {
            self.from = from
            self.into = into
        }
    }

    /// Records of `from` now stand for other persons too. `from` itself is kept by its largest part, or merged away.
    package struct Split: Sendable, Hashable {
        package let from: UInt32
        /// Ascending, without `from`.
        package let into: [UInt32]

        package init(from: UInt32, into: [UInt32]) {
            self.from = from
            self.into = into
        }
    }

    /// One per row of the `RecordTable`.
    package let persons: [UInt32]
    /// Numbers given out in this run, ascending.
    package let new: [UInt32]
    /// Retired numbers that came back because their records left the person they had been merged into; ascending.
    package let returned: [UInt32]
    /// By `from`, ascending.
    package let merged: [Merge]
    /// By `from`, ascending.
    package let split: [Split]
    /// How many persons of the run before are persons of this one.
    package let kept: Int
    /// The highest number ever given out.
    package let highest: UInt32

    package init(
        persons: [UInt32], new: [UInt32], returned: [UInt32], merged: [Merge], split: [Split], kept: Int,
        highest: UInt32
    ) {
        self.persons = persons
        self.new = new
        self.returned = returned
        self.merged = merged
        self.split = split
        self.kept = kept
        self.highest = highest
    }
}

/// How a person's number is written in outputs: `P` and at least eight digits.
package enum PersonID {
    package static func text(_ number: UInt32) -> String {
        let digits = number < 100_000_000 ? 8 : number < 1_000_000_000 ? 9 : 10
        return String(unsafeUninitializedCapacity: digits + 1) { text in
            var rest = number
            for place in stride(from: digits, to: 0, by: -1) {
                text[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            text[0] = UInt8(ascii: "P")
            return digits + 1
        }
    }

    /// Of an id as somebody writes it: `P12`, `p12` or in full; `nil` for anything else.
    package static func given(_ text: some StringProtocol) -> UInt32? {
        var text = String(text)
        return text.withUTF8(given)
    }

    package static func given(_ text: UnsafeBufferPointer<UInt8>) -> UInt32? {
        guard (2...11).contains(text.count), text[0] | 0x20 == UInt8(ascii: "p") else { return nil }
        var number: UInt64 = 0
        for byte in text[1...] {
            guard (0x30...0x39).contains(byte) else { return nil }
            number = number * 10 + UInt64(byte - 0x30)
        }
        return number == 0 ? nil : UInt32(exactly: number)
    }

    /// `nil` for anything `text` would not write.
    package static func number(_ text: some StringProtocol) -> UInt32? {
        guard text.first == "P", text.utf8.count >= 9, let number = UInt32(text.dropFirst()), number > 0,
            self.text(number) == text
        else { return nil }
        return number
    }
}
