/// Seeded random text: the same on every machine.
struct RandomTexts {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        var x = state
        x ^= x >> 33
        x = x &* 0xFF51_AFD7_ED55_8CCD
        x ^= x >> 33
        return Int(truncatingIfNeeded: x % UInt64(bound))
    }

    mutating func text(length: Int, alphabet: [UInt16]) -> [UInt16] {
        (0..<length).map { _ in alphabet[next(alphabet.count)] }
    }

    /// The text with a few insertions, deletions, substitutions and exchanges of neighbours.
    mutating func spoilt(_ text: [UInt16], edits: Int, alphabet: [UInt16]) -> [UInt16] {
        var text = text
        for _ in 0..<edits {
            let place = next(text.count + 1)
            switch next(4) {
            case 0: text.insert(alphabet[next(alphabet.count)], at: place)
            case 1: if place < text.count { text.remove(at: place) }
            case 2: if place < text.count { text[place] = alphabet[next(alphabet.count)] }
            default: if place + 1 < text.count { text.swapAt(place, place + 1) }
            }
        }
        return text
    }

    /// A pair of unrelated or related texts over a small, a Latin or a Han alphabet; mostly short, some beyond 64
    /// units.
    mutating func pair() -> ([UInt16], [UInt16]) {
        let alphabet: [UInt16]
        switch next(4) {
        case 0: alphabet = [0x61, 0x62]
        case 1: alphabet = Array(0x30...0x39)
        case 2: alphabet = Array(0x61...0x7A)
        // Every 130th: several fall into one slot of the hash table.
        default: alphabet = Array(stride(from: 0x4E00, to: 0x9FFF, by: 130)) + [0, 0xFFFF, 0xD800]
        }
        let longest =
            switch next(50) {
            case 0: 200
            case 1: 130
            case 2...3: 66
            case 4...11: 30
            case 12...25: 17
            case 26...40: 9
            default: 4
            }
        let a = text(length: next(longest + 1), alphabet: alphabet)
        if next(2) == 0 { return (a, text(length: next(longest + 1), alphabet: alphabet)) }
        return (a, spoilt(a, edits: next(4), alphabet: alphabet))
    }
}

extension [UInt16] {
    init(_ text: String) {
        self = text.unicodeScalars.map { UInt16($0.value) }
    }
}

/// Calls a distance on two arrays.
func on<Result>(
    _ a: [UInt16], _ b: [UInt16], _ body: (UnsafeBufferPointer<UInt16>, UnsafeBufferPointer<UInt16>) -> Result
) -> Result {
    a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { b in body(a, b) } }
}
