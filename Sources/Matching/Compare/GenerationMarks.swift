import Records

/// What stands behind the names of people who are called after a parent: Sr, Jr, III. Two different marks are two persons,
/// however alike the rest is; a name without one says nothing.
struct GenerationMarks: Sendable {
    /// Generation by code, 0 where none is written; empty when no name of the column has one.
    private let marks: [UInt8]

    init(_ values: TextPool) {
        var marks: [UInt8] = []
        for code in 0..<UInt32(values.count) {
            let mark = values.withUTF8(code, Self.mark)
            if mark == 0 { continue }
            if marks.isEmpty { marks = [UInt8](repeating: 0, count: values.count) }
            marks[Int(code)] = mark
        }
        self.marks = marks
    }

    @inline(__always)
    func differ(_ a: UInt32, _ b: UInt32) -> Bool {
        if marks.isEmpty { return false }
        let (left, right) = (marks[Int(a)], marks[Int(b)])
        return left != 0 && right != 0 && left != right
    }

    /// By the last of several words; `name` is normalised.
    private static func mark(_ name: UnsafeBufferPointer<UInt8>) -> UInt8 {
        guard let blank = name.lastIndex(of: 0x20), name.count - blank <= 7 else { return 0 }
        return generation(of: UnsafeBufferPointer(rebasing: name[(blank + 1)...]))
    }

    private static func generation(of word: UnsafeBufferPointer<UInt8>) -> UInt8 {
        words.first { word.elementsEqual($0.word.utf8) }?.mark ?? 0
    }

    static func isMark(_ word: UnsafeBufferPointer<UInt8>) -> Bool { word.count <= 6 && generation(of: word) != 0 }

    private static let words: [(word: String, mark: UInt8)] = [
        ("sr", 1), ("senior", 1), ("snr", 1), ("i", 1), ("jr", 2), ("junior", 2), ("jnr", 2), ("ii", 2), ("2nd", 2),
        ("iii", 3), ("3rd", 3), ("iv", 4), ("4th", 4),
    ]
}
