/// The known name that a mistyped one was probably meant to be.
package enum Nearest {
    /// `nil` when nothing known is close: more than a third of the letters would have to change, and neither holds the other. The
    /// first in order of those that are equally close.
    package static func name(to text: String, among known: [String]) -> String? {
        let wanted = fold(text)
        if wanted.isEmpty || wanted.count > 64 { return nil }
        var best: (distance: Int, name: String)?
        for name in known.sorted() {
            let candidate = fold(name)
            let longest = max(wanted.count, candidate.count)
            // Of single letters each is as near as the other.
            if candidate.isEmpty || candidate.count > 64 || longest == 1 { continue }
            let distance = edits(wanted, candidate)
            if distance > max(1, longest / 3) { continue }
            if distance < (best?.distance ?? Int.max) { best = (distance, name) }
        }
        return best?.name ?? known.sorted().first { holds(fold($0), wanted) }
    }

    /// `sens` for `sensitive_match`, `birth_date_1` for `birth_date`: one begins with the other, from three letters on;
    /// `身份证号` for `本人身份证号`: one is part of the other, from two Chinese characters on.
    private static func holds(_ known: [Unicode.Scalar], _ wanted: [Unicode.Scalar]) -> Bool {
        let (short, long) = known.count < wanted.count ? (known, wanted) : (wanted, known)
        if short.count >= 3, long.starts(with: short) { return true }
        return short.count >= 2 && short.allSatisfy { !$0.isASCII }
            && long.indices.dropLast(short.count - 1).contains { long[$0...].starts(with: short) }
    }

    private static func fold(_ text: String) -> [Unicode.Scalar] {
        text.lowercased().unicodeScalars.map { $0 == "-" || $0 == " " ? "_" : $0 }
    }

    /// Optimal string alignment: insertions, deletions, replacements and swaps of neighbours cost one each.
    static func edits(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var beforeLast = Array(repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        var row = beforeLast
        for i in a.indices {
            row[0] = i + 1
            for j in b.indices {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
                row[j + 1] = cost
            }
            swap(&beforeLast, &last)
            swap(&last, &row)
        }
        return last[b.count]
    }
}
