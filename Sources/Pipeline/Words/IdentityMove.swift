package import Records

/// A record that stands for another person than before.
package struct IdentityMove: Sendable, Hashable {
    /// `merged`, `split`, `returned`, `moved`: see `identity_changes.csv`.
    package let kind: String
    package let from: String
    package let to: String
    package let record: RecordKey
}
