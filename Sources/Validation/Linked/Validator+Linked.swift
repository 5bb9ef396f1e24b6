package import Records

extension Validator {
    /// The second look, for the whole table: what the first look found, revised, and what only linked records show. In the
    /// order of `check()`; the same for any number of threads.
    ///
    /// - Parameters:
    ///   - found: the findings of the first look.
    ///   - groups: per row the smallest row of its group, as matching gives it.
    ///   - unmerged: pairs that may be one person and were left apart; `nil` when they are not known: then nobody is said to
    ///     be absent from anywhere.
    package func checkLinked(
        _ found: [Finding], groups: [UInt32], unmerged: [UnmergedPair]?
    ) throws -> [Finding] {
        precondition(groups.count == facts.records.count, "a group for every record")
        let linked = LinkedFacts(facts, groups: groups, unmerged: unmerged ?? [], threads: threads)
        let revision = Revision(facts, linked, plan)
        let revised = revision.revised(found, threads: threads)
        let known = FlaggedCellSet(revised, facts.records)
        var added: [Finding] = []
        for check in plan.checks {
            guard case .linked(let search) = check.search else { continue }
            for (row, hit) in search(facts, linked) where !known.explains(check, row, hit) {
                added.append(check.finding(row, hit))
            }
        }
        if unmerged != nil { added += try Expectations(facts, linked, plan).findings(threads: threads) }
        return Self.inOrder(revision.withDateOrdersAtTheWrongDate(Array(joining: [revised, added])))
    }

    /// Sorts places and not findings, which are large: two of them are compared only where they are about one cell.
    private static func inOrder(_ findings: [Finding]) -> [Finding] {
        var places = findings.indices.map { index in
            (place: findings[index].row << 16 | ((findings[index].field ?? -1) + 1), index: index)
        }
        places.sort { left, right in
            if left.place != right.place { return left.place < right.place }
            return precedes(findings[left.index], findings[right.index])
        }
        return places.map { findings[$0.index] }
    }
}

/// Cells that a check calls wrong: not notes, and not duplicates.
struct FlaggedCellSet: Sendable {
    private let cells: Set<UInt64>

    init(_ findings: [Finding], _ records: RecordTable) {
        var cells: Set<UInt64> = []
        for finding in findings where finding.kind == .error && finding.severity >= .warning {
            if let field = finding.field { cells.insert(Self.cell(finding.row, field)) }
        }
        self.cells = cells
    }

    func contains(_ row: Int, _ field: Int) -> Bool { cells.contains(Self.cell(row, field)) }

    /// Whether what a look at linked records has to say of a contradiction has been said already, of one of the two cells.
    func explains(_ check: Check, _ row: Int, _ hit: Hit) -> Bool {
        guard check.kind == .error, let field = hit.field else { return false }
        return contains(row, field) || hit.otherRow.map { contains($0, field) } ?? false
    }

    private static func cell(_ row: Int, _ field: Int) -> UInt64 { UInt64(row) << 16 | UInt64(field) }
}
