/// Two rows that are to be compared, a < b.
package struct RowPair: Sendable, Hashable {
    package let a: UInt32
    package let b: UInt32

    package init(_ a: UInt32, _ b: UInt32) {
        self.a = a
        self.b = b
    }
}
