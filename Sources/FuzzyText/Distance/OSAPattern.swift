/// `OSA` of one text against many: the text's table is made once, and its memory used again by `load`.
/// Belongs to one thread.
package struct OSAPattern: ~Copyable {
    private var prepared = PreparedPattern()

    package init() {}

    package init(_ pattern: UnsafeBufferPointer<UInt16>) {
        prepared.load(pattern)
    }

    package mutating func load(_ pattern: UnsafeBufferPointer<UInt16>) {
        prepared.load(pattern)
    }

    package func distance(to text: UnsafeBufferPointer<UInt16>) -> Int {
        prepared.withPattern { pattern, table in
            if pattern.count > PreparedPattern.longest { return OSA.distance(pattern, text) }
            if pattern.isEmpty { return text.count }
            return EditDistance.singleWord(table, pattern.count, text, transpositions: true)
        }
    }
}
