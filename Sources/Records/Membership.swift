/// Which person each record of this run stood for when it was last seen, as the workspace remembers it.
///
/// Persons are numbers, from 1 without reuse; `PersonID` writes them out.
package struct Membership: Sendable {
    /// One per row of the `RecordTable`: its person in the run before, 0 for a record never seen.
    package let current: [UInt32]
    /// One per row, or empty: the person it stood for before that one, 0 for none. A record that leaves a merged
    /// person gets this number back if nobody else has it.
    package let earlier: [UInt32]
    /// The highest number ever given out, retired ones included.
    package let highest: UInt32
    /// Persons that records outside this run stand for, of a source left out or vanished from an export: not to be
    /// given to anybody else.
    package let elsewhere: Set<UInt32>

    package init(current: [UInt32], earlier: [UInt32] = [], highest: UInt32, elsewhere: Set<UInt32> = []) {
        self.current = current
        self.earlier = earlier
        self.highest = highest
        self.elsewhere = elsewhere
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
    package static func none(rows: Int) -> Membership {
        Membership(current: Array(repeating: 0, count: rows), highest: 0)
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
        let digits = String(number)
        return "P" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }

    /// `nil` for anything `text` would not write.
    package static func number(_ text: some StringProtocol) -> UInt32? {
        guard text.first == "P", text.utf8.count >= 9, let number = UInt32(text.dropFirst()), number > 0,
            self.text(number) == text
        else { return nil }
        return number
    }
}
