/// What two texts share at their ends.
enum CommonAffix {
    @inline(__always)
    static func prefix(_ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>) -> Int {
        let end = min(a.count, b.count)
        var index = 0
        while index < end, a[index] == b[index] { index &+= 1 }
        return index
    }

    @inline(__always)
    static func suffix(_ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>) -> Int {
        let end = min(a.count, b.count)
        var index = 0
        while index < end, a[a.count &- 1 &- index] == b[b.count &- 1 &- index] { index &+= 1 }
        return index
    }

    /// Both without what they share at the beginning and the end: edit distances do not change.
    @inline(__always)
    static func trimmed(
        _ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>
    ) -> (UnsafeBufferPointer<UInt16>, UnsafeBufferPointer<UInt16>) {
        let start = prefix(a, b)
        let a = UnsafeBufferPointer(rebasing: a[start...])
        let b = UnsafeBufferPointer(rebasing: b[start...])
        let end = suffix(a, b)
        return (
            UnsafeBufferPointer(rebasing: a[..<(a.count &- end)]), UnsafeBufferPointer(rebasing: b[..<(b.count &- end)])
        )
    }
}
