import Records

/// A scored pair as the desk knows it.
package struct DeskPair: Sendable, Hashable {
    /// What stands of the two now.
    package enum State: Int, Sendable, CaseIterable {
        /// Nobody has decided, and the machine does not.
        case open = 0
        case same = 1
        case different = 2
        /// Somebody looked and could not tell.
        case unsure = 3
        /// Other decisions since the run have made them one person.
        case implied = 4
        /// A `never` rule keeps them apart.
        case held = 5
        /// One person by score.
        case merged = 6
        /// Somebody decided, and a second person has to agree.
        case proposed = 7
        /// Under the review line; here because it was drawn for the audit sample.
        case apart = 8

        package var name: String { "\(self)" }

        package init?(name: String) {
            guard let state = Self.allCases.first(where: { $0.name == name }) else { return nil }
            self = state
        }
    }

    /// Why the two are put before people, or are not.
    package enum Reason: String, Sendable, CaseIterable {
        /// The probability lies between the lines.
        case score
        /// Over the merge line, but the other records of the two groups speak against it.
        case group
        /// A `never` rule.
        case never
        case merged
        /// Somebody decided before the run.
        case decided
        /// Drawn from under the review line.
        case sample
    }

    /// From 1; stays with the pair as long as the run is the newest one.
    package let id: Int
    /// Stored records.
    package let a: Int64
    package let b: Int64
    package let aPerson: UInt32
    package let bPerson: UInt32
    package let aSource: String
    package let bSource: String
    package let probability: Double
    /// log₂ odds.
    package let weight: Double
    /// The blocking key that brought the two together; empty where none did.
    package let key: String
    /// The likeliest class of the model.
    package let likeliest: String
    /// Four bits a compared field, the first lowest.
    package let levels: UInt64
    /// A bit a compared field: neither at its best level nor missing.
    package let differs: UInt64
    package let reason: Reason
    /// Where the first of the two lives: the first six digits of its division code, or the value of the rule book's field of
    /// areas; empty where nobody knows.
    package let area: String
    /// Records of both persons.
    package let size: Int
    /// What a decision changes: how open the question is, times the records that would change hands.
    package let rank: Double
    package let state: State

    package init(
        id: Int, a: Int64, b: Int64, aPerson: UInt32, bPerson: UInt32, aSource: String, bSource: String,
        probability: Double, weight: Double, key: String, likeliest: String, levels: UInt64, differs: UInt64,
        reason: Reason, area: String, size: Int, rank: Double, state: State
    ) {
        self.id = id
        self.a = a
        self.b = b
        self.aPerson = aPerson
        self.bPerson = bPerson
        self.aSource = aSource
        self.bSource = bSource
        self.probability = probability
        self.weight = weight
        self.key = key
        self.likeliest = likeliest
        self.levels = levels
        self.differs = differs
        self.reason = reason
        self.area = area
        self.size = size
        self.rank = rank
        self.state = state
    }
}

/// Records that stand for one person, as the desk lists them.
package struct DeskCluster: Sendable, Hashable {
    package let person: UInt32
    package let records: Int
    /// Match weight of the link that holds the group together least: without it it would fall apart.
    package let bridge: Double
    package let area: String

    package init(person: UInt32, records: Int, bridge: Double, area: String) {
        self.person = person
        self.records = records
        self.bridge = bridge
        self.area = area
    }
}
