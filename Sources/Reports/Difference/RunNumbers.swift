package import Records

/// What `run.json` says of a finished run, as far as one run is held against another.
///
/// Only numbers and names of sources, fields and checks: nothing of any record.
package struct RunNumbers: Sendable, Decodable {
    package let inputs: [Input]
    package let counts: Counts
    package let matching: Matching?
    package let quality: Quality?
    package let followUp: FollowUp?
    package let outputs: [Output]

    package struct Input: Sendable, Decodable {
        package let source: String
        package let file: String
        package let records: Int
        package let fields: [Field]

        package struct Field: Sendable, Decodable {
            package let field: String
            package let filled: Int
        }
    }

    package struct Counts: Sendable, Decodable {
        package let records: Int
        package let persons: Int
        package let pairsToReview: Int
        package let errors: Int
        package let omissions: Int
        package let duplicates: Int
        package let waived: Int
        package let personsByRecords: [Size]

        package struct Size: Sendable, Decodable {
            package let records: Int
            package let persons: Int
        }

        enum CodingKeys: String, CodingKey {
            case records, persons, errors, omissions
            case pairsToReview = "pairs_to_review"
            case duplicates = "duplicate_findings"
            case waived = "waived_findings"
            case personsByRecords = "persons_by_records"
        }
    }

    package struct Matching: Sendable, Decodable {
        package let candidatePairs: Int
        package let mergeLine: Double?
        package let reviewLine: Double
        package let expectedPrecision: Double?
        package let expectedRecall: Double?
        package let blocking: [Key]
        package let fields: [Field]

        package struct Key: Sendable, Decodable {
            package let key: String
            /// Pairs that no key before it brought.
            package let newPairs: Int

            enum CodingKeys: String, CodingKey {
                case key
                case newPairs = "new_pairs"
            }
        }

        /// Match weights in bits, by level.
        package struct Field: Sendable, Decodable {
            package let field: String
            package let levels: [String]
            package let weights: [Double]
        }

        enum CodingKeys: String, CodingKey {
            case blocking, fields
            case candidatePairs = "candidate_pairs"
            case mergeLine = "merge_line"
            case reviewLine = "review_line"
            case expectedPrecision = "expected_precision"
            case expectedRecall = "expected_recall"
        }
    }

    package struct Quality: Sendable, Decodable {
        package let all: Totals

        package struct Totals: Sendable, Decodable {
            /// By dimension.
            package let rates: [String: Rate]
        }

        package struct Rate: Sendable, Decodable, Hashable {
            package let numerator: Int
            package let denominator: Int

            package var value: Double? { denominator > 0 ? Double(numerator) / Double(denominator) : nil }
        }
    }

    /// What became of the corrections of the run before.
    package struct FollowUp: Sendable, Decodable {
        package let run: Int
        /// Source and counts by status.
        package let sources: [[String: Value]]

        package enum Value: Sendable, Decodable {
            case text(String)
            case count(Int)

            package init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let count = try? container.decode(Int.self) {
                    self = .count(count)
                } else {
                    self = .text(try container.decode(String.self))
                }
            }
        }

        package func count(_ status: FollowUpStatus, of source: [String: Value]) -> Int {
            if case .count(let count) = source[status.rawValue] { count } else { 0 }
        }

        package func name(of source: [String: Value]) -> String {
            if case .text(let name) = source["source"] { name } else { "" }
        }
    }

    package struct Output: Sendable, Decodable {
        package let file: String
        package let sha256: String
    }

    enum CodingKeys: String, CodingKey {
        case inputs, counts, matching, quality, outputs
        case followUp = "earlier_corrections"
    }
}
