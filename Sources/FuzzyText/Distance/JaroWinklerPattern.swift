/// `JaroWinkler` of one text against many: the text's table is made once, and its memory used again by `load`.
/// Belongs to one thread.
package struct JaroWinklerPattern: ~Copyable {
    private var prepared = PreparedPattern()

    package init() {}

    package init(_ pattern: UnsafeBufferPointer<UInt16>) {
        prepared.load(pattern)
    }

    package mutating func load(_ pattern: UnsafeBufferPointer<UInt16>) {
        prepared.load(pattern)
    }

    package func similarity(to text: UnsafeBufferPointer<UInt16>) -> Double {
        prepared.withPattern { pattern, table in
            if pattern.count > PreparedPattern.longest || text.count > 64 {
                return JaroWinkler.similarity(pattern, text)
            }
            if pattern.isEmpty || text.isEmpty { return pattern.count == text.count ? 1 : 0 }
            let prefix = CommonAffix.prefix(pattern, text)
            return Jaro.bitParallel(table, pattern, text, prefix).jaroWinkler(commonPrefix: prefix)
        }
    }
}
