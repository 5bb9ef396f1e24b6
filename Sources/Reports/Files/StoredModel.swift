package import Records

/// Parts of a match model as `run.json` and model files hold them, read back with keys in snake case.
package enum StoredModel {
    package struct Field: Decodable {
        package let field: String
        package let comparator: String
        package let levels: [String]
    }

    package struct Class: Decodable {
        package let name: String
        package let isMatch: Bool
        package let share: Double
        package let levels: [[Double]]

        package var summary: ModelSummary.Class { .init(name: name, isMatch: isMatch, share: share, levels: levels) }
    }

    package struct Key: Decodable {
        let key: String
        let pairs: Int
        let newPairs: Int
        let largestBlock: Int
        let leftOut: Bool

        package var summary: BlockingSummary {
            BlockingSummary(
                key: key, pairs: pairs, newPairs: newPairs, largestBlock: largestBlock, isLeftOut: leftOut)
        }
    }
}
