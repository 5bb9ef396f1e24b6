import CKernels

/// Texts, each named by its number, laid out for comparing one with many: the distinct values of a column, in the
/// order of their codes.
///
/// The units are numbered densely, so that a table over the alphabet of the column is small; for each text its length,
/// its signature and its beginning stand in 16 bytes. A text costs 16 bytes and 2 for each unit.
package struct PreparedColumn: Sendable {
    let units: [UInt16]
    /// One more than there are texts.
    let heads: [CKHead]
    /// The numbers of units are less.
    let alphabet: Int
    /// Whether a text is longer than the vector kernels hold.
    let hasLong: Bool

    package var count: Int { heads.count - 1 }

    package init(_ texts: some Sequence<[UInt16]>) {
        var builder = Builder()
        for text in texts { text.withUnsafeBufferPointer { builder.append(units: $0) } }
        self = builder.finish()
    }

    fileprivate init(units: [UInt16], heads: [CKHead], alphabet: Int, hasLong: Bool) {
        self.units = units
        self.heads = heads
        self.alphabet = alphabet
        self.hasLong = hasLong
    }

    /// The number of units of a text.
    package func length(_ code: UInt32) -> Int {
        Int(heads[Int(code) &+ 1].start &- heads[Int(code)].start)
    }

    /// The numbers of a text's units: equal where the units are.
    @inline(__always)
    func text(_ code: UInt32, _ units: UnsafeBufferPointer<UInt16>) -> UnsafeBufferPointer<UInt16> {
        let start = heads[Int(code)].start
        let end = heads[Int(code) &+ 1].start
        return UnsafeBufferPointer(rebasing: units[Int(start)..<Int(end)])
    }
}

extension PreparedColumn {
    /// Takes the texts one after the other; the first gets code 0.
    package struct Builder {
        private var mapping = Units()
        private var taken: [UInt16] = []
        private var units: [UInt16] = []
        private var heads: [CKHead] = []
        /// The number of each 16-bit unit, plus one; 0 for those not met.
        private var numbers = [UInt32](repeating: 0, count: 1 << 16)
        private var alphabet: UInt32 = 0
        private var hasLong = false

        package init() {}

        package mutating func append(utf8: UnsafeBufferPointer<UInt8>) {
            taken.removeAll(keepingCapacity: true)
            mapping.append(utf8, to: &taken)
            taken.withUnsafeBufferPointer { append(units: $0) }
        }

        /// The units of one `Units`, not mixed with texts in UTF-8. A column holds 2³² units: texts beyond are empty.
        package mutating func append(units text: UnsafeBufferPointer<UInt16>) {
            let start = UInt32(truncatingIfNeeded: units.count)
            let fits = text.count <= Int(UInt32.max) - units.count
            let count = fits ? text.count : 0
            for unit in text.prefix(count) {
                if numbers[Int(unit)] == 0 {
                    alphabet += 1
                    numbers[Int(unit)] = alphabet
                }
                units.append(UInt16(truncatingIfNeeded: numbers[Int(unit)] &- 1))
            }
            if count > Int(CK_LONGEST) { hasLong = true }
            units.withUnsafeBufferPointer {
                let own = UnsafeBufferPointer(rebasing: $0[($0.count - count)...])
                heads.append(Self.head(of: own, start: start))
            }
        }

        package consuming func finish() -> PreparedColumn {
            heads.append(CKHead(signature: 0, start: UInt32(truncatingIfNeeded: units.count), shape: 0))
            return PreparedColumn(units: units, heads: heads, alphabet: Int(alphabet), hasLong: hasLong)
        }

        private static func head(of text: UnsafeBufferPointer<UInt16>, start: UInt32) -> CKHead {
            var shape = text.count > Int(CK_LONGEST) ? 255 : UInt32(text.count)
            for (index, unit) in text.prefix(4).enumerated() {
                shape |= UInt32(unit & 63) << UInt32(8 + 6 * index)
            }
            return CKHead(signature: CharacterSignature(text).bits, start: start, shape: shape)
        }
    }
}

extension PreparedColumn {
    /// Jaro-Winkler similarity of two texts.
    package func jaroWinkler(_ a: UInt32, _ b: UInt32) -> Double {
        units.withUnsafeBufferPointer { JaroWinkler.similarity(text(a, $0), text(b, $0)) }
    }

    /// Jaro-Winkler similarity of two texts, or 0 where it is below the lowest of `steps`.
    package func jaroWinkler(_ a: UInt32, _ b: UInt32, from steps: JaroWinklerSteps) -> Double {
        if !steps.reachable(heads[Int(a)], heads[Int(b)]) { return 0 }
        let value = jaroWinkler(a, b)
        return steps.rung(of: Float(value)) > 0 ? value : 0
    }

    /// Asks for what is known of a text, which will soon be compared: the texts of a large column lie far apart.
    @inline(__always)
    package func prefetch(_ code: UInt32) {
        heads.withUnsafeBufferPointer { heads in
            if let base = heads.baseAddress { ck_prefetch(base + Int(code)) }
        }
    }

    /// The number of units at the beginning of both texts that are equal, counted up to `limit`.
    package func commonPrefix(_ a: UInt32, _ b: UInt32, atMost limit: Int) -> Int {
        units.withUnsafeBufferPointer { units in
            let (left, right) = (text(a, units), text(b, units))
            let most = min(limit, left.count, right.count)
            var count = 0
            while count < most, left[count] == right[count] { count += 1 }
            return count
        }
    }

    /// Optimal string alignment distance of two texts, or `nil` when it is greater than `limit`.
    package func osa(_ a: UInt32, _ b: UInt32, atMost limit: Int) -> Int? {
        let signature = CharacterSignature(bits: heads[Int(a)].signature)
        if signature.editsAtLeast(CharacterSignature(bits: heads[Int(b)].signature)) > limit { return nil }
        return units.withUnsafeBufferPointer { OSA.distance(text(a, $0), text(b, $0), atMost: limit) }
    }

    /// Levenshtein's distance of two texts, or `nil` when it is greater than `limit`.
    package func levenshtein(_ a: UInt32, _ b: UInt32, atMost limit: Int) -> Int? {
        let signature = CharacterSignature(bits: heads[Int(a)].signature)
        if signature.editsAtLeast(CharacterSignature(bits: heads[Int(b)].signature)) > limit { return nil }
        return units.withUnsafeBufferPointer { Levenshtein.distance(text(a, $0), text(b, $0), atMost: limit) }
    }
}
