/// Somebody who was erased, and had an id.
struct ErasedHolder: Sendable, Hashable {
    /// Which of those who had the id one after the other.
    let number: Int
    /// See `ErasedValues`; without any the id alone tells.
    let values: Set<String>

    /// Whether a record that has the id, and says this of who it is of, may be theirs: a name alone, or nothing, does not say
    /// that it is another's.
    func mayBe(_ values: some Collection<String>) -> Bool {
        self.values.isEmpty || values.count < 2 || !self.values.isDisjoint(with: values)
    }

    /// Whether a stored record is theirs. Copies of one registry number who had an id alike, unless they went different ways:
    /// under another number it is theirs when all that it says is.
    func isOne(_ number: Int, of values: Set<String>) -> Bool {
        number == self.number ? mayBe(values) : values.count >= 2 && values.isSubset(of: self.values)
    }
}
