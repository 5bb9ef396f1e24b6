/// Where a person of the master comes from: the records, what put them together, and every cell back to what an office
/// delivered or somebody said.
package struct PersonExplanation: Sendable {
    /// The number that was asked for, when it is no longer in use.
    package struct Retirement: Sendable, Hashable {
        package let person: String
        /// Since this run its records are those of `into`.
        package let run: Int
        package let into: String

        package init(person: String, run: Int, into: String) {
            self.person = person
            self.run = run
            self.into = into
        }
    }

    package struct Run: Sendable, Hashable {
        package let id: Int
        /// UTC, ISO 8601, to the second.
        package let finishedAt: String
        package let tool: String
        /// SHA-256 of its rule book, hex.
        package let rules: String
        package let isNewest: Bool

        package init(id: Int, finishedAt: String, tool: String, rules: String, isNewest: Bool) {
            self.id = id
            self.finishedAt = finishedAt
            self.tool = tool
            self.rules = rules
            self.isNewest = isNewest
        }
    }

    /// An export that one of the records stood in.
    package struct Delivery: Sendable, Hashable {
        package let batch: Int
        package let source: String
        /// Without its folder.
        package let file: String
        /// Hex.
        package let sha256: String
        package let format: SourceFile.Format
        /// UTC, ISO 8601, to the second.
        package let importedAt: String
        package let importedBy: String
        /// Sequence of the event that records the import.
        package let event: Int

        package init(
            batch: Int, source: String, file: String, sha256: String, format: SourceFile.Format, importedAt: String,
            importedBy: String, event: Int
        ) {
            self.batch = batch
            self.source = source
            self.file = file
            self.sha256 = sha256
            self.format = format
            self.importedAt = importedAt
            self.importedBy = importedBy
            self.event = event
        }
    }

    /// A source record that stands for the person.
    package struct Member: Sendable, Hashable {
        package let key: RecordKey
        /// Number of the stored record, which no other one of the workspace has.
        package let number: Int64
        /// The export that the run read.
        package let delivery: Delivery
        /// From 1.
        package let line: Int
        /// From 0.
        package let byteOffset: UInt64
        /// XML: element path with the record's ordinal.
        package let path: String?
        /// The export that first brought the record as it is, where that is an earlier one.
        package let unchangedSince: Delivery?

        package init(
            key: RecordKey, number: Int64, delivery: Delivery, line: Int, byteOffset: UInt64, path: String?,
            unchangedSince: Delivery?
        ) {
            self.key = key
            self.number = number
            self.delivery = delivery
            self.line = line
            self.byteOffset = byteOffset
            self.path = path
            self.unchangedSince = unchangedSince
        }
    }

    /// What was found of two of the records, or said of them.
    package struct Join: Sendable, Hashable {
        /// Indices of the members, the smaller first.
        package let a: Int
        package let b: Int
        /// `nil` where the two were not scored over the review line.
        package let score: Score?
        /// What counts of what people said.
        package let decision: Said?

        package struct Score: Sendable, Hashable {
            package let probability: Double
            /// log₂ odds.
            package let weight: Double
            package let outcome: ScoredPair.Outcome
            /// The blocking key that brought them together; empty where none did.
            package let key: String

            package init(probability: Double, weight: Double, outcome: ScoredPair.Outcome, key: String) {
                self.probability = probability
                self.weight = weight
                self.outcome = outcome
                self.key = key
            }
        }

        package struct Said: Sendable, Hashable {
            package let decision: Decision
            /// Sequence of the event that records it.
            package let event: Int

            package init(decision: Decision, event: Int) {
                self.decision = decision
                self.event = event
            }
        }

        package init(a: Int, b: Int, score: Score?, decision: Said?) {
            self.a = a
            self.b = b
            self.score = score
            self.decision = decision
        }
    }

    /// As in `master.csv`.
    package let person: String
    /// From the number that was asked for to `person`; empty when that was asked for.
    package let retirements: [Retirement]
    package let run: Run
    /// In the order of the exports.
    package let members: [Member]
    /// By members.
    package let joins: [Join]
    /// In the order of the rule book; all of them, or the one that was asked for.
    package let cells: [CellProvenance]
    /// What the reader has to know of the answer itself.
    package let notes: [Text]

    package init(
        person: String, retirements: [Retirement], run: Run, members: [Member], joins: [Join],
        cells: [CellProvenance], notes: [Text]
    ) {
        self.person = person
        self.retirements = retirements
        self.run = run
        self.members = members
        self.joins = joins
        self.cells = cells
        self.notes = notes
    }
}
