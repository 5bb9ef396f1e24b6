/// The name among `candidates` that `name` was probably meant to be: at most a third of its characters differ.
/// `nil` when none is near; the first of equally near ones.
func nearestName(to name: String, among candidates: [String]) -> String? {
    let wanted = Array(name.lowercased().unicodeScalars.prefix(64))
    var best: (name: String, distance: Int)?
    for candidate in candidates where !candidate.isEmpty {
        let letters = Array(candidate.lowercased().unicodeScalars.prefix(64))
        let distance = editDistance(wanted, letters)
        let allowed = max(1, min(wanted.count, letters.count) / 2)
        let isContained =
            wanted.count > 1 && letters.count > 1
            && (candidate.lowercased().contains(name.lowercased())
                || name.lowercased().contains(candidate.lowercased()))
        guard distance <= allowed || isContained else { continue }
        if let best, best.distance <= distance { continue }
        best = (candidate, distance)
    }
    return best?.name
}

/// Levenshtein distance by rows.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, b) in right.enumerated() {
            let next = min(row[j] + 1, row[j + 1] + 1, diagonal + (a == b ? 0 : 1))
            diagonal = row[j + 1]
            row[j + 1] = next
        }
    }
    return row[right.count]
}
