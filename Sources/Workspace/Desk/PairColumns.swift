import GRDB
import Records

/// What lists of pairs are counted by, one column each in memory: to count by source, area, reason and field takes a look at
/// every pair, which a database needs seconds for.
///
/// Delicate: `counts` lets through what `DeskIndex.condition` lets through; a test holds one against the other.
struct PairColumns {
    /// Parallel to the columns, ascending.
    private var ids: [Int32] = []
    private var states: [UInt8] = []
    private var reasons: [UInt8] = []
    private var sources: [(a: UInt16, b: UInt16)] = []
    private var areas: [UInt32] = []
    private var differs: [UInt64] = []
    private var sizes: [Int32] = []
    private var probabilities: [Double] = []
    private var reasonNames = TextNumbers()
    private var sourceNames = TextNumbers()
    private var areaNames = TextNumbers()

    init(_ db: Database) throws {
        // Columns that grow as they are filled leave as much behind as they hold.
        let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM pair") ?? 0
        ids.reserveCapacity(count)
        states.reserveCapacity(count)
        reasons.reserveCapacity(count)
        sources.reserveCapacity(count)
        areas.reserveCapacity(count)
        differs.reserveCapacity(count)
        sizes.reserveCapacity(count)
        probabilities.reserveCapacity(count)
        try BulkQuery(
            db,
            """
            SELECT id, state, reason, a_source, b_source, area, differs, size, probability FROM pair ORDER BY id
            """
        ).eachRow { row in
            ids.append(Int32(truncatingIfNeeded: row.integer(0)))
            states.append(UInt8(truncatingIfNeeded: row.integer(1)))
            reasons.append(UInt8(truncatingIfNeeded: reasonNames.number(row.bytes(2))))
            sources.append(
                (
                    UInt16(truncatingIfNeeded: sourceNames.number(row.bytes(3))),
                    UInt16(truncatingIfNeeded: sourceNames.number(row.bytes(4)))
                ))
            areas.append(areaNames.number(row.bytes(5)))
            differs.append(UInt64(bitPattern: row.integer(6)))
            sizes.append(Int32(truncatingIfNeeded: row.integer(7)))
            probabilities.append(row.real(8))
        }
    }

    /// States as they are now; all else stays as long as the run is the newest.
    mutating func takeStates(_ db: Database) throws {
        // By the index of states, which is read faster than the pairs.
        try BulkQuery(db, "SELECT id, state FROM pair INDEXED BY pair_queue").eachRow { row in
            set(Int(row.integer(0)), UInt8(truncatingIfNeeded: row.integer(1)))
        }
    }

    mutating func set(_ id: Int, _ state: UInt8) {
        // Numbers of pairs have few gaps.
        var place = min(max(0, id - 1), ids.count - 1)
        while place > 0, ids[place] > id { place -= 1 }
        if place >= 0, ids[place] == id { states[place] = state }
    }

    /// - Parameters:
    ///   - fields: how many are compared; 0: only states and total are counted.
    ///   - assigned: the account that a pair is assigned to.
    func counts(_ filter: DeskFilter, fields: Int, assigned: [Int: String]) -> DeskCounts {
        let test = Test(filter, self, assigned)
        var total = 0
        var byState = [Int](repeating: 0, count: 256)
        var byReason = [Int](repeating: 0, count: reasonNames.names.count)
        var bySource = [Int](repeating: 0, count: sourceNames.names.count)
        var byArea = [Int](repeating: 0, count: areaNames.names.count)
        var byField = [Int](repeating: 0, count: fields)
        for place in ids.indices where test.lets(place, self) {
            total += 1
            byState[Int(states[place])] += 1
            if fields == 0 { continue }
            byReason[Int(reasons[place])] += 1
            let (a, b) = sources[place]
            bySource[Int(a)] += 1
            if a != b { bySource[Int(b)] += 1 }
            byArea[Int(areas[place])] += 1
            var bits = differs[place]
            while bits != 0 {
                let field = bits.trailingZeroBitCount
                if field < fields { byField[field] += 1 }
                bits &= bits - 1
            }
        }
        func named(_ counts: [Int], _ names: [String]) -> [String: Int] {
            Dictionary(zip(names, counts).filter { $1 > 0 }) { first, _ in first }
        }
        var counts = DeskCounts()
        counts.total = total
        for state in DeskPair.State.allCases where byState[state.rawValue] > 0 {
            counts.states[state] = byState[state.rawValue]
        }
        guard fields > 0 else { return counts }
        counts.reasons = named(byReason, reasonNames.names)
        counts.sources = named(bySource, sourceNames.names)
        counts.areas = named(byArea, areaNames.names)
        if total > 0 { counts.differs = Dictionary(uniqueKeysWithValues: byField.enumerated().map { ($0, $1) }) }
        return counts
    }

    /// A filter in the numbers of the columns.
    private struct Test {
        private let state: UInt8?
        private let reason: UInt8?
        private let source: UInt16?
        private let field: UInt64
        private let probability: ClosedRange<Double>?
        private let leastSize: Int32
        /// By number; empty: every one.
        private let sources: [Bool]
        private let areas: [Bool]
        private let account: String?
        private let assigned: [Int: String]
        private let skipping: Set<Int>
        /// A name that no pair has.
        private let isNone: Bool

        init(_ filter: DeskFilter, _ columns: PairColumns, _ assigned: [Int: String]) {
            state = filter.state.map { UInt8($0.rawValue) }
            reason = filter.reason.flatMap { columns.reasonNames.known($0.rawValue) }.map { UInt8($0) }
            source = filter.source.flatMap { columns.sourceNames.known($0) }.map { UInt16($0) }
            isNone = filter.reason != nil && reason == nil || filter.source != nil && source == nil
            field = filter.differs.map { 1 << UInt64($0) } ?? 0
            probability = filter.probability
            leastSize = Int32(clamping: filter.leastSize ?? .min)
            let pool = filter.sources
            sources = pool.isEmpty ? [] : columns.sourceNames.names.map { name in pool.contains { isEqual($0, name) } }
            let prefixes = filter.areas.map { Array($0.utf8) }
            areas =
                prefixes.isEmpty && filter.area == nil
                ? []
                : columns.areaNames.names.map { name in
                    (prefixes.isEmpty || prefixes.contains { name.utf8.starts(with: $0) })
                        && (filter.area.map { isEqual($0, name) } ?? true)
                }
            account = filter.assigned
            self.assigned = assigned
            skipping = Set(filter.skipping)
        }

        func lets(_ place: Int, _ columns: PairColumns) -> Bool {
            if isNone { return false }
            if let state, columns.states[place] != state { return false }
            if let reason, columns.reasons[place] != reason { return false }
            let (a, b) = columns.sources[place]
            if let source, a != source, b != source { return false }
            if !sources.isEmpty, !sources[Int(a)], !sources[Int(b)] { return false }
            if !areas.isEmpty, !areas[Int(columns.areas[place])] { return false }
            if field != 0, columns.differs[place] & field == 0 { return false }
            if let probability, !probability.contains(columns.probabilities[place]) { return false }
            if columns.sizes[place] < leastSize { return false }
            if let account {
                let own = assigned[Int(columns.ids[place])]
                if account.isEmpty ? own != nil : own != account { return false }
            }
            return skipping.isEmpty || !skipping.contains(Int(columns.ids[place]))
        }
    }
}

/// Byte for byte, as the database compares.
private func isEqual(_ a: String, _ b: String) -> Bool { a.utf8.elementsEqual(b.utf8) }

/// Numbers for texts, in the order in which they came.
private struct TextNumbers {
    private(set) var names: [String] = []
    private var numbers: [[UInt8]: UInt32] = [:]
    /// Neighbours often have the same text.
    private var last: (bytes: [UInt8], number: UInt32)?

    mutating func number(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        if let last, last.bytes.elementsEqual(bytes) { return last.number }
        let text = Array(bytes)
        let number = numbers[text] ?? UInt32(names.count)
        if number == names.count {
            names.append(String(decoding: text, as: UTF8.self))
            numbers[text] = number
        }
        last = (text, number)
        return number
    }

    func known(_ name: String) -> UInt32? { numbers[Array(name.utf8)] }
}
