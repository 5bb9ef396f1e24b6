/// The states a record goes through, such as 正常 → 迁出 → 注销, and which may follow which.
///
/// A state may always stay as it is. States that the rule book does not name may go anywhere: nothing is said of them.
package struct Lifecycle: Sendable, Hashable {
    /// Index of the field that holds the state.
    package let field: Int
    /// State → the states that may follow it, as canonical codes of the field. Final states have an empty set.
    package let next: [String: Set<String>]

    package init(field: Int, next: [String: Set<String>]) {
        self.field = field
        var next = next
        for state in next.values.joined() where next[state] == nil { next[state] = [] }
        self.next = next
    }

    /// Whether a record in the first state may be found in the second one later, with the states between unseen.
    package func mayBecome(_ from: String, _ to: String) -> Bool {
        if from == to { return true }
        guard let first = next[from], next[to] != nil else { return true }
        var seen: Set<String> = [from]
        var open = Array(first)
        while let state = open.popLast() {
            if state == to { return true }
            if seen.insert(state).inserted { open += next[state] ?? [] }
        }
        return false
    }

    /// A person's state on a day, as one of their records tells it.
    package struct State: Sendable, Hashable {
        /// `YYYYMMDD` as one number.
        package let day: Int32
        /// Canonical code.
        package let state: String
        /// Row of the `RecordTable` it was read from.
        package let row: Int

        package init(day: Int32, state: String, row: Int) {
            self.day = day
            self.state = state
            self.row = row
        }
    }

    /// States that none of the day before them leads to, each with one of that day. States of one day are held against those of other
    /// days only: which of two is wrong, and not which came first, is what they ask.
    ///
    /// `states`: of one person, in any order; what is said of each day goes by theirs.
    package func breaks(in states: [State]) -> [(from: State, to: State)] {
        let days = Dictionary(grouping: states.filter { next[$0.state] != nil }, by: \.day).sorted { $0.key < $1.key }
        return zip(days, days.dropFirst()).flatMap { before, after in
            after.value.compactMap { to in
                before.value.contains { mayBecome($0.state, to.state) } ? nil : (before.value[0], to)
            }
        }
    }
}
