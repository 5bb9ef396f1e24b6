import Records

/// The distinct normalised values of one field, over one export after the other.
///
/// Many columns are already as they should be. As long as every value of the first export stays as it is, its own pool
/// serves for both and nothing is copied.
struct NormalizedValues {
    /// What became of the codes of an export's column.
    enum Recoding: Equatable {
        /// Every code stands for the same text as before.
        case unchanged
        /// The new code for each.
        case to([UInt32])
    }

    /// One per distinct value; index 0 is the missing one.
    private(set) var isWellFormed = [false]
    private let normalizer: Normalizer
    private var shared: TextPool?
    private var interner: TextInterner?

    init(for field: Field) {
        normalizer = Normalizer(for: field)
    }

    var pool: TextPool { interner?.pool ?? shared ?? TextPool() }

    mutating func add(_ values: TextPool) -> Recoding {
        var buffer: [UInt8] = []
        var next: UInt32 = 1
        if shared == nil, interner == nil {
            next = prefixAsWritten(values, &buffer)
            if Int(next) == values.count {
                shared = values
                return .unchanged
            }
        }
        if interner == nil {
            let (known, count) = shared.map { ($0, $0.count) } ?? (values, Int(next))
            interner = TextInterner(
                first: count, of: known, expecting: known.count + (shared == nil ? 0 : values.count))
            shared = nil
        }
        var codes = Array(0..<next)
        codes.reserveCapacity(values.count)
        var batch = Batch()
        for raw in next..<UInt32(values.count) {
            let isGood = values.withUTF8(raw) { normalizer.normalize($0, into: &buffer) }
            batch.append(buffer, isGood)
            if batch.isFull { take(&batch, into: &codes) }
        }
        take(&batch, into: &codes)
        return .to(codes)
    }

    /// The first code whose text changes by normalising.
    private mutating func prefixAsWritten(_ values: TextPool, _ buffer: inout [UInt8]) -> UInt32 {
        isWellFormed.reserveCapacity(values.count)
        for code in 1..<max(1, UInt32(values.count)) {
            let (isSame, isGood) = values.withUTF8(code) { text in
                let isGood = normalizer.normalize(text, into: &buffer)
                return (text.count == buffer.count && text.elementsEqual(buffer), isGood)
            }
            if !isSame { return code }
            isWellFormed.append(isGood)
        }
        return UInt32(values.count)
    }

    private mutating func take(_ batch: inout Batch, into codes: inout [UInt32]) {
        let start = codes.count
        batch.withTexts { interner?.intern($0, into: &codes) }
        for (index, code) in codes[start...].enumerated() where Int(code) == isWellFormed.count {
            isWellFormed.append(batch.isGood[index])
        }
        batch.removeAll()
    }

    /// Some values, to be interned together.
    private struct Batch {
        private var bytes: [UInt8] = []
        private var ends: [Int] = []
        private(set) var isGood: [Bool] = []

        var isFull: Bool { ends.count == 256 }

        mutating func append(_ text: [UInt8], _ isGood: Bool) {
            bytes.append(contentsOf: text)
            ends.append(bytes.count)
            self.isGood.append(isGood)
        }

        func withTexts(_ body: (UnsafeBufferPointer<UnsafeBufferPointer<UInt8>>) -> Void) {
            bytes.withUnsafeBufferPointer { bytes in
                var start = 0
                let texts = ends.map { end in
                    defer { start = end }
                    return UnsafeBufferPointer(rebasing: bytes[start..<end])
                }
                texts.withUnsafeBufferPointer(body)
            }
        }

        mutating func removeAll() {
            bytes.removeAll(keepingCapacity: true)
            ends.removeAll(keepingCapacity: true)
            isGood.removeAll(keepingCapacity: true)
        }
    }
}
