/// What two texts share at their ends.
enum CommonAffix {
    @inline(__always)
    static func prefix(_ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>) -> Int {
        let end = min(a.count, b.count)
        var index = 0
        while index < end, a[index] == b[index] { index &+= 1 }
        return index
    }

    /// Both without what they share at the beginning and the end: edit distances do not change.
    @inline(__always)
    static func trimmed(
        _ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>
    ) -> (UnsafeBufferPointer<UInt16>, UnsafeBufferPointer<UInt16>) {
        guard let x = a.baseAddress, let y = b.baseAddress else { return (a, b) }
        let shorter = min(a.count, b.count)
        var start = 0
        while start < shorter, x[start] == y[start] { start &+= 1 }
        var end = 0
        while end < shorter &- start, x[a.count &- 1 &- end] == y[b.count &- 1 &- end] { end &+= 1 }
        return (
            UnsafeBufferPointer(start: x + start, count: a.count &- start &- end),
            UnsafeBufferPointer(start: y + start, count: b.count &- start &- end)
        )
    }
}
