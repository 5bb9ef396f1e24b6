import Records

/// What matching leaves for the next run: the prints of its rows, and the pairs it kept with their patterns. A pair of two rows
/// that have not changed is not compared again.
///
/// A cache: without it the next run compares everything and finds the same.
package struct KeptMatching: Sendable, Equatable {
    package struct Pair: Sendable, Equatable {
        /// Rows, a < b.
        package let a: UInt32
        package let b: UInt32
        /// Four bits a compared field, the first field lowest.
        package let pattern: UInt64
        /// Index of the first key that brought the two together.
        package let key: UInt8

        package init(a: UInt32, b: UInt32, pattern: UInt64, key: UInt8) {
            self.a = a
            self.b = b
            self.pattern = pattern
            self.key = key
        }
    }

    /// By row.
    package let prints: [UInt64]
    /// Down to the lowest line of decision.
    package let pairs: [Pair]

    package init(prints: [UInt64], pairs: [Pair]) {
        self.prints = prints
        self.pairs = pairs
    }

    /// The rows of now that stand for rows of then, by row of then; `none` for one that is gone or has changed.
    ///
    /// Rows that have their print in common, as records that are in an export twice, are compared again.
    func rows(now prints: [UInt64]) -> [UInt32] {
        let places = PrintPlaces(prints)
        let earlier = PrintPlaces(self.prints)
        return self.prints.enumerated().map { row, print in
            earlier[print] == UInt32(row) ? places[print] ?? Self.none : Self.none
        }
    }

    static let none = UInt32.max
}

/// Prints that only one row has, with that row. Open addressing.
private struct PrintPlaces {
    private static let shared = UInt32.max
    private let mask: Int
    private var prints: [UInt64]
    /// Row plus one; 0 is free.
    private var rows: [UInt32]

    init(_ all: [UInt64]) {
        var size = 1_024
        while size < all.count * 2 { size *= 2 }
        mask = size - 1
        prints = [UInt64](repeating: 0, count: size)
        rows = [UInt32](repeating: 0, count: size)
        for (row, print) in all.enumerated() {
            let place = place(of: print)
            rows[place] = rows[place] == 0 ? UInt32(row + 1) : Self.shared
            prints[place] = print
        }
    }

    subscript(print: UInt64) -> UInt32? {
        let row = rows[place(of: print)]
        return row == 0 || row == Self.shared ? nil : row - 1
    }

    /// Where the print stands, or the free place where it would.
    private func place(of print: UInt64) -> Int {
        var place = Int(truncatingIfNeeded: print) & mask
        while rows[place] != 0, prints[place] != print { place = (place + 1) & mask }
        return place
    }
}
