/// The values of a column that holds codes, as the draft lists them.
enum CodeList {
    /// Few different values, each short and repeated.
    static func isCodes(_ column: ColumnSample, most limit: Int) -> Bool {
        let values = column.values
        guard !values.isEmpty, values.count <= limit, values.allSatisfy({ $0.count <= 20 }) else { return false }
        return values.count * 4 <= column.filled || values.count <= 2
    }

    /// Written form → code; sexes and yes or no get codes that offices can share, and what is written otherwise among
    /// them is left to the checks. All else stands for itself.
    static func codes(of values: [String]) -> [(written: String, code: String)] {
        for known in [sexes, answers] {
            let listed = values.compactMap { text in known[text.lowercased()].map { (written: text, code: $0) } }
            if !listed.isEmpty, listed.count * 2 > values.count { return listed }
        }
        return values.map { ($0, $0) }
    }

    private static let sexes: [String: String] = [
        "男": "M", "男性": "M", "m": "M", "male": "M", "1": "M", "女": "F", "女性": "F", "f": "F", "female": "F", "2": "F",
    ]
    private static let answers: [String: String] = [
        "是": "1", "否": "0", "yes": "1", "no": "0", "y": "1", "n": "0", "true": "1", "false": "0",
    ]
}
