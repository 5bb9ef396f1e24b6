import Records

/// The rows of each person, persons in the order of their numbers.
struct Persons: Sendable {
    let numbers: [UInt32]
    /// Rows of person p: `members[starts[p]..<starts[p + 1]]`, ascending.
    let members: [UInt32]
    let starts: [Int]
    /// One per row.
    let personOf: [UInt32]

    var count: Int { numbers.count }

    /// - Parameter numberOf: One per row.
    init(_ numberOf: [UInt32]) {
        var keys = numberOf.enumerated().map { UInt64($1) << 32 | UInt64($0) }
        keys.sort()
        var numbers: [UInt32] = []
        var starts: [Int] = []
        var personOf = [UInt32](repeating: 0, count: numberOf.count)
        for (place, key) in keys.enumerated() {
            let number = UInt32(truncatingIfNeeded: key >> 32)
            if numbers.last != number {
                numbers.append(number)
                starts.append(place)
            }
            personOf[Int(UInt32(truncatingIfNeeded: key))] = UInt32(numbers.count - 1)
        }
        starts.append(keys.count)
        self.numbers = numbers
        self.starts = starts
        self.personOf = personOf
        members = keys.map { UInt32(truncatingIfNeeded: $0) }
    }

    /// Calls `body` with each person and its rows.
    func each(_ body: (Int, UnsafeBufferPointer<UInt32>) -> Void) {
        members.withUnsafeBufferPointer { members in
            starts.withUnsafeBufferPointer { starts in
                for person in 0..<starts.count - 1 {
                    body(person, UnsafeBufferPointer(rebasing: members[starts[person]..<starts[person + 1]]))
                }
            }
        }
    }
}
