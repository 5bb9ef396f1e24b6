extension LatinName {
    /// Whether two folded given names can be the same person's: equal, or forms of one name (`bob`, `robert`).
    package static func sameNickname(_ a: some StringProtocol, _ b: some StringProtocol) -> Bool {
        if a == b { return true }
        guard let x = Nicknames.shared.groups(of: a), let y = Nicknames.shared.groups(of: b) else { return false }
        return x.contains { y.contains($0) }
    }

    /// The full forms a folded given name can stand for (`bert` → `albert`, `robert`, …); empty for a name that is not
    /// listed. Two names share one exactly when `sameNickname` holds and they differ.
    package static func nicknameFamilies(of name: some StringProtocol) -> [String] {
        (Nicknames.shared.groups(of: name) ?? []).map { Nicknames.shared.fullForm($0) }
    }

    /// The full form of a folded given name (`bob` → `robert`, `robert` → `robert`); the commonest when there are
    /// several; `nil` for a name that is not listed.
    package static func canonicalGiven(_ name: some StringProtocol) -> String? {
        guard let group = Nicknames.shared.groups(of: name)?.first else { return nil }
        return Nicknames.shared.fullForm(group)
    }
}

/// Which given names are forms of one another.
struct Nicknames: Sendable {
    static let shared = Nicknames()

    private let fullForms: [String]
    /// Name → its groups; a full form's own group first, the others in the order of the table.
    private let members: [String: [Int]]

    func groups(of name: some StringProtocol) -> [Int]? { members[String(name)] }
    func fullForm(_ group: Int) -> String { fullForms[group] }

    private init() {
        var fullForms: [String] = []
        var members: [String: [Int]] = [:]
        for line in Self.table.split(whereSeparator: \.isNewline) {
            let names = line.split(separator: " ").map(String.init)
            let group = fullForms.count
            fullForms.append(names[0])
            members[names[0], default: []].insert(group, at: 0)
            for name in names.dropFirst() { members[name, default: []].append(group) }
        }
        self.fullForms = fullForms
        self.members = members
    }
}
