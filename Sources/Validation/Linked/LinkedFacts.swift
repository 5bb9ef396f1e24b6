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
    /// Cells that contradict a linked record, by field, then group.
    let verdicts: [Verdict]
    /// Empty cells for which a linked record has a value, by field, then group.
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
        let groups = LinkedGroups(smallest: smallest, records: records)
        let fields = ComparedFields(records.schema, facts.roles, updated: Set(facts.plan.updated.values))
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
        verdicts = found.flatMap(\.verdicts)
        gaps = found.flatMap(\.gaps)
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
        let isMapped = records.sources.map { $0.columns[field] != nil }
        if !isMapped.contains(true) { return }
        records.columns[field].codes.withUnsafeBufferPointer { codes in
            groups.withMembers { starts, members in
                for group in 0..<groups.count {
                    let rows = members[Int(starts[group])..<Int(starts[group + 1])]
                    look(at: UnsafeBufferPointer(rebasing: rows), group, codes, isMapped, records.starts)
                }
            }
        }
    }

    private mutating func look(
        at rows: UnsafeBufferPointer<UInt32>, _ group: Int, _ codes: UnsafeBufferPointer<UInt32>, _ isMapped: [Bool],
        _ starts: [Int]
    ) {
        var (first, before) = (UInt32(0), UInt32(0))
        var (source, sourceBefore) = (0, 0)
        var filled = 0
        var (hasGap, isMixed) = (false, false)
        for member in rows {
            let row = Int(member)
            while starts[source + 1] <= row { source += 1 }
            let code = codes[row]
            if code == 0 {
                hasGap = hasGap || isMapped[source]
                continue
            }
            if filled == 0 {
                first = code
            } else {
                isMixed = isMixed || code != first
                agreement.count(sourceBefore, source, agree: before == code)
            }
            filled += 1
            (before, sourceBefore) = (code, source)
        }
        if isMixed { disagreeing.append(UInt32(group)) }
        if hasGap, filled > 0 { withGaps.append(UInt32(group)) }
        if filled >= 3 { countMajority(rows, filled, codes, starts) }
    }

    private mutating func countMajority(
        _ rows: UnsafeBufferPointer<UInt32>, _ filled: Int, _ codes: UnsafeBufferPointer<UInt32>, _ starts: [Int]
    ) {
        // Boyer and Moore: the code that more than half of the cells have is the only one that can be left standing.
        var (candidate, lead, votes) = (UInt32(0), 0, 0)
        for row in rows where codes[Int(row)] != 0 {
            if lead == 0 { candidate = codes[Int(row)] }
            lead += codes[Int(row)] == candidate ? 1 : -1
        }
        for row in rows where codes[Int(row)] == candidate { votes += 1 }
        guard votes * 2 > filled else { return }
        var source = 0
        for row in rows where codes[Int(row)] != 0 {
            while starts[source + 1] <= Int(row) { source += 1 }
            agreement.count(source, deviates: codes[Int(row)] != candidate)
        }
    }
}
