/// The distances as their definitions say: whole matrices, flags in arrays, no bits.
enum Naive {
    static func levenshtein(_ a: [UInt16], _ b: [UInt16]) -> Int {
        edit(a, b, transpositions: false)
    }

    static func osa(_ a: [UInt16], _ b: [UInt16]) -> Int {
        edit(a, b, transpositions: true)
    }

    /// The whole matrix, row after row, through pointers: array subscripts take most of the time of a debug build.
    private static func edit(_ a: [UInt16], _ b: [UInt16], transpositions: Bool) -> Int {
        let width = b.count + 1
        return on(a, b) { a, b in
            withUnsafeTemporaryAllocation(of: Int.self, capacity: (a.count + 1) * width) { room in
                let cell = room.baseAddress!
                for j in 0..<width { cell[j] = j }
                var i = 0
                while i < a.count {
                    let last = cell + i * width
                    let row = last + width
                    row[0] = i + 1
                    var j = 0
                    while j < b.count {
                        var best = last[j] + (a[i] == b[j] ? 0 : 1)
                        if last[j + 1] + 1 < best { best = last[j + 1] + 1 }
                        if row[j] + 1 < best { best = row[j] + 1 }
                        if transpositions, i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                            let exchanged = (last - width)[j - 1] + 1
                            if exchanged < best { best = exchanged }
                        }
                        row[j + 1] = best
                        j += 1
                    }
                    i += 1
                }
                return cell[a.count * width + b.count]
            }
        }
    }

    static func jaro(_ a: [UInt16], _ b: [UInt16]) -> Double {
        if a.isEmpty && b.isEmpty { return 1 }
        let reach = max(0, max(a.count, b.count) / 2 - 1)
        var taken = [Bool](repeating: false, count: b.count)
        var left: [UInt16] = []
        for i in a.indices {
            let window = max(0, i - reach)..<max(0, i - reach, min(b.count, i + reach + 1))
            if let near = window.first(where: { !taken[$0] && b[$0] == a[i] }) {
                taken[near] = true
                left.append(a[i])
            }
        }
        if left.isEmpty { return 0 }
        let right = b.indices.filter { taken[$0] }.map { b[$0] }
        let transposed = zip(left, right).filter { $0 != $1 }.count / 2
        let m = Double(left.count)
        return (m / Double(a.count) + m / Double(b.count) + (m - Double(transposed)) / m) / 3
    }

    static func jaroWinkler(_ a: [UInt16], _ b: [UInt16]) -> Double {
        let jaro = jaro(a, b)
        let prefix = zip(a, b).prefix(4).prefix { $0 == $1 }.count
        // Rounding puts 0.7 itself on either side.
        return jaro > 0.7 - 1e-12 ? jaro + Double(prefix) * 0.1 * (1 - jaro) : jaro
    }

    static func dice(_ a: [UInt16], _ b: [UInt16], q: Int) -> Double {
        func grams(_ text: [UInt16]) -> [[UInt16]: Int] {
            var counts: [[UInt16]: Int] = [:]
            if text.count >= q { for i in 0...(text.count - q) { counts[Array(text[i..<(i + q)]), default: 0] += 1 } }
            return counts
        }
        let (x, y) = (grams(a), grams(b))
        if x.isEmpty || y.isEmpty { return a == b ? 1 : 0 }
        let common = x.reduce(0) { $0 + min($1.value, y[$1.key] ?? 0) }
        return 2 * Double(common) / Double(a.count - q + 1 + b.count - q + 1)
    }
}
