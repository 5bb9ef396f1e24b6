import Records

extension Comparator {
    /// The same comparator with exact and edit-distance levels only: what `levels: plain` compares with, so that the
    /// worth of all other levels can be measured.
    var plain: Comparator {
        // A comparator that only asks whether values are equal stays as it is.
        if ladder.exact.lowerBound == 2 { return self }
        return Comparator(
            name, summary, role: role,
            ladder: Ladder(
                ["two edits", "one edit"], byFrequency: ladder.exact.count > 1,
                near: ladder.near.count > ladder.exact.count ? ["one edit"] : []),
            isCappedAmongStrangers: isCappedAmongStrangers, isUnique: isUnique
        ) { column, _ in DistanceColumn(column, limit: 2) }
    }
}
