/// The bit-parallel edit distances behind `Levenshtein` and `OSA`.
enum EditDistance {
    @inline(__always)
    static func distance(
        _ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>, transpositions: Bool
    ) -> Int {
        let (a, b) = CommonAffix.trimmed(a, b)
        return ofTrimmed(a, b, transpositions: transpositions)
    }

    @inline(__always)
    static func distance(
        _ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>, atMost limit: Int, transpositions: Bool
    ) -> Int? {
        if abs(a.count &- b.count) > limit { return nil }
        let (a, b) = CommonAffix.trimmed(a, b)
        if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
        // Both ends differ now, and so do the lengths by no more than the limit.
        if limit == 0 { return nil }
        if limit == 1 { return oneEdit(a, b, transpositions: transpositions) ? 1 : nil }
        let distance = ofTrimmed(a, b, transpositions: transpositions)
        return distance <= limit ? distance : nil
    }

    /// Whether what is left after trimming, both not empty, is one edit.
    @inline(__always)
    private static func oneEdit(
        _ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>, transpositions: Bool
    ) -> Bool {
        if a.count == 1, b.count == 1 { return true }
        return transpositions && a.count == 2 && b.count == 2 && a[0] == b[1] && a[1] == b[0]
    }

    @inline(__always)
    private static func ofTrimmed(
        _ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>, transpositions: Bool
    ) -> Int {
        let (pattern, text) = a.count < b.count ? (b, a) : (a, b)
        if text.isEmpty { return pattern.count }
        if pattern.count == 1 { return 1 }
        switch pattern.count {
        case ...4:
            return singleWord(WordMasks(pattern), pattern.count, text, transpositions: transpositions)
        case ...8:
            return singleWord(ShortVectorMasks(pattern), pattern.count, text, transpositions: transpositions)
        case ...16:
            return singleWord(VectorMasks(pattern), pattern.count, text, transpositions: transpositions)
        case ...64:
            if ASCIIMasks.fit(pattern, text) {
                return withUnsafeTemporaryAllocation(byteCount: ASCIIMasks.size, alignment: 8) { scratch in
                    guard let base = scratch.baseAddress else { return 0 }
                    let masks = ASCIIMasks(pattern, in: base)
                    return singleWord(masks, pattern.count, text, transpositions: transpositions)
                }
            }
            return withUnsafeTemporaryAllocation(byteCount: PlaneMasks.size, alignment: 8) { scratch in
                guard let base = scratch.baseAddress else { return 0 }
                let masks = PlaneMasks(pattern, in: base)
                return singleWord(masks, pattern.count, text, transpositions: transpositions)
            }
        default:
            return inStrips(pattern, text, transpositions: transpositions)
        }
    }

    @inline(__always)
    static func singleWord(
        _ masks: some PatternMasks, _ patternCount: Int, _ text: UnsafeBufferPointer<UInt16>, transpositions: Bool
    ) -> Int {
        var column = EditColumn()
        for unit in text { column.advance(masks(unit), transpositions: transpositions) }
        return text.count &+ column.height(patternCount)
    }

    /// Any length: the pattern is cut into strips of 64 rows, each run over the whole text; a byte per text unit
    /// carries what crosses from one strip to the next.
    private static func inStrips(
        _ pattern: UnsafeBufferPointer<UInt16>, _ text: UnsafeBufferPointer<UInt16>, transpositions: Bool
    ) -> Int {
        withUnsafeTemporaryAllocation(byteCount: PlaneMasks.size, alignment: 8) { scratch in
            guard let base = scratch.baseAddress else { return 0 }
            return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count) { carries in
                carries.initialize(repeating: 1)
                var distance = text.count
                var start = 0
                while start < pattern.count {
                    let strip = UnsafeBufferPointer(rebasing: pattern[start..<min(start &+ 64, pattern.count)])
                    let masks = PlaneMasks(strip, in: base)
                    var column = EditColumn()
                    for index in 0..<text.count {
                        column.advance(masks(text[index]), transpositions: transpositions, carry: &carries[index])
                    }
                    distance &+= column.height(strip.count)
                    start &+= 64
                }
                return distance
            }
        }
    }
}
