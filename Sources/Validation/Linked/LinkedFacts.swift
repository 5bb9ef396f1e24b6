import Records

/// What the checks need to know of records that stand for one person: the groups, where their records disagree, what the
/// evidence says of each disagreement, and what could be filled in.
struct LinkedFacts: Sendable {
    let groups: LinkedGroups
    let fields: ComparedFields
    /// Per field.
    let agreement: [FieldAgreement]
    /// Per source, 0 for the least trusted.
    let trustRanks: [Int]
    let isReference: [Bool]
    /// Cells that contradict a linked record, sorted by row and field.
    let verdicts: [Verdict]
    /// Empty cells for which a linked record has a value, sorted by row and field.
    let gaps: [Gap]
    /// Pairs that may be one person and were left apart, by row; both directions, the likeliest first.
    let unmerged: UnmergedPairs

    private struct Piece: Sendable {
        let field: Int
        let groups: ArraySlice<UInt32>
        let isGap: Bool
    }

    /// Per code of the person's id: on how many records it stands.
    private let idUses: [UInt32]

    /// An empty cell, and the linked record whose value could stand there.
    struct Gap: Sendable {
        let row: Int
        let field: Int
        let source: Settled
    }

    init(_ facts: Facts, groups smallest: [UInt32], unmerged pairs: [UnmergedPair], threads: Int) {
        let records = facts.records
        let groups = LinkedGroups(smallest: smallest)
        let fields = ComparedFields(records.schema, facts.roles)
        self.groups = groups
        self.fields = fields
        let trusts = Set(records.sources.map(\.profile.trust)).sorted()
        trustRanks = records.sources.map { trusts.firstIndex(of: $0.profile.trust) ?? 0 }
        isReference = records.sources.map { $0.profile.role == .reference }
        unmerged = UnmergedPairs(pairs)

        let scans = Parallel.map(records.schema.fields.count, threads: threads) { field in
            fields.natures[field] == nil ? nil : FieldScan(records, groups, field)
        }
        agreement = scans.map { $0?.agreement ?? FieldAgreement(sources: records.sources.count) }

        idUses =
            facts.roles.residentID.map { field in
                var uses = [UInt32](repeating: 0, count: records.columns[field].values.count)
                for code in records.columns[field].codes { uses[Int(code)] += 1 }
                return uses
            } ?? []
        let jury = Jury(
            facts, groups: groups, fields: fields, agreement: agreement, trustRanks: trustRanks,
            isReference: isReference)
        let size = 2_048
        let work = scans.enumerated().flatMap { field, scan -> [Piece] in
            guard let scan else { return [] }
            return [(scan.disagreeing, false), (scan.withGaps, true)].flatMap { list, isGap in
                stride(from: 0, to: list.count, by: size).map { start in
                    Piece(field: field, groups: list[start..<min(list.count, start + size)], isGap: isGap)
                }
            }
        }
        let found = Parallel.map(work.count, threads: threads) { index -> (verdicts: [Verdict], gaps: [Gap]) in
            let piece = work[index]
            if piece.isGap {
                return ([], piece.groups.flatMap { jury.gaps(in: Int($0), piece.field) })
            }
            return (piece.groups.flatMap { jury.verdicts(in: Int($0), piece.field) }, [])
        }
        verdicts = found.flatMap(\.verdicts).sorted { ($0.row, $0.field, $0.other) < ($1.row, $1.field, $1.other) }
        gaps = found.flatMap(\.gaps).sorted { ($0.row, $0.field) < ($1.row, $1.field) }
        self.jury = jury
    }

    let jury: Jury

    /// Whether the id of the row stands on a record that is not linked with it.
    func isUsedByOthers(idOf row: Int, _ facts: Facts) -> Bool {
        guard let field = facts.roles.residentID, !idUses.isEmpty else { return false }
        let codes = facts.records.columns[field].codes
        let own = groups.rows(with: row).count { codes[$0] == codes[row] }
        return Int(idUses[Int(codes[row])]) > own
    }
}

/// One field over all groups: where records disagree, where some have a value and others none, and how often.
private struct FieldScan: Sendable {
    var disagreeing: [UInt32] = []
    var withGaps: [UInt32] = []
    var agreement: FieldAgreement

    init(_ records: RecordTable, _ groups: LinkedGroups, _ field: Int) {
        agreement = FieldAgreement(sources: records.sources.count)
        let codes = records.columns[field].codes
        let isMapped = records.sources.map { $0.columns[field] != nil }
        if !isMapped.contains(true) { return }
        for group in 0..<groups.count {
            var first: UInt32 = 0
            var before = -1
            var source = 0
            var filled = 0
            var (hasGap, isMixed) = (false, false)
            for member in groups[group] {
                let row = Int(member)
                while records.starts[source + 1] <= row { source += 1 }
                let code = codes[row]
                if code == 0 {
                    hasGap = hasGap || isMapped[source]
                    continue
                }
                filled += 1
                if first == 0 { first = code }
                if code != first { isMixed = true }
                if before >= 0 {
                    agreement.count(
                        records.sourceIndex(of: before), source, agree: codes[before] == code)
                }
                before = row
            }
            if isMixed { disagreeing.append(UInt32(group)) }
            if hasGap, first != 0 { withGaps.append(UInt32(group)) }
            if filled >= 3 { countMajority(groups[group], filled, codes, records) }
        }
    }

    private mutating func countMajority(
        _ rows: ArraySlice<UInt32>, _ filled: Int, _ codes: [UInt32], _ records: RecordTable
    ) {
        // Boyer and Moore: the code that more than half of the cells have is the only one that can be left standing.
        var (candidate, lead) = (UInt32(0), 0)
        for row in rows where codes[Int(row)] != 0 {
            if lead == 0 { candidate = codes[Int(row)] }
            lead += codes[Int(row)] == candidate ? 1 : -1
        }
        let votes = rows.count { codes[Int($0)] == candidate }
        guard votes * 2 > filled else { return }
        for row in rows where codes[Int(row)] != 0 {
            agreement.count(records.sourceIndex(of: Int(row)), deviates: codes[Int(row)] != candidate)
        }
    }
}

/// The likeliest unmerged partner of a record.
struct UnmergedPairs: Sendable {
    private struct Partner {
        let row: UInt32
        let other: UInt32
        let probability: Double
    }

    private let pairs: [Partner]

    init(_ pairs: [UnmergedPair]) {
        var partners: [Partner] = []
        partners.reserveCapacity(pairs.count * 2)
        for pair in pairs {
            partners.append(Partner(row: pair.a, other: pair.b, probability: pair.probability))
            partners.append(Partner(row: pair.b, other: pair.a, probability: pair.probability))
        }
        partners.sort { left, right in
            if left.row != right.row { return left.row < right.row }
            if left.probability != right.probability { return left.probability > right.probability }
            return left.other < right.other
        }
        self.pairs = partners
    }

    /// By falling probability.
    func partners(of row: Int) -> [(row: Int, probability: Double)] {
        var low = 0
        var high = pairs.count
        while low < high {
            let middle = (low + high) / 2
            if Int(pairs[middle].row) < row { low = middle + 1 } else { high = middle }
        }
        return pairs[low...].prefix { Int($0.row) == row }.map { (Int($0.other), $0.probability) }
    }
}
