/// The values of a column that holds codes, as the draft lists them. What is rarer than one in a hundred is taken for a
/// slip and left to the checks.
enum CodeList {
    /// Few different values, each short and repeated.
    static func isCodes(_ values: [String], most limit: Int) -> Bool {
        let usual = usual(values)
        guard !usual.isEmpty, usual.count <= limit, usual.allSatisfy({ $0.text.count <= 20 }) else { return false }
        let covered = usual.map(\.count).reduce(0, +)
        return covered * 20 >= values.count * 19 && (usual.count * 4 <= values.count || usual.count <= 2)
    }

    /// Written form → code, the most frequent first; sexes and yes or no get codes that offices can share, all else
    /// stands for itself.
    static func codes(of values: [String]) -> [(written: String, code: String)] {
        let usual = usual(values)
        let total = usual.map(\.count).reduce(0, +)
        for known in [sexes, answers] {
            let listed = usual.filter { known[$0.text.lowercased()] != nil }
            if listed.map(\.count).reduce(0, +) * 10 >= total * 9 {
                return listed.compactMap { item in known[item.text.lowercased()].map { (item.text, $0) } }
            }
        }
        return usual.map { ($0.text, $0.text) }
    }

    private static let sexes: [String: String] = [
        "男": "M", "男性": "M", "m": "M", "male": "M", "1": "M", "女": "F", "女性": "F", "f": "F", "female": "F", "2": "F",
    ]
    private static let answers: [String: String] = [
        "是": "1", "否": "0", "yes": "1", "no": "0", "y": "1", "n": "0", "true": "1", "false": "0",
    ]

    private static func usual(_ values: [String]) -> [(text: String, count: Int)] {
        Dictionary(grouping: values) { $0 }.map { (text: $0.key, count: $0.value.count) }
            .filter { $0.count * 100 >= values.count }
            .sorted { ($1.count, $0.text) < ($0.count, $1.text) }
    }
}
