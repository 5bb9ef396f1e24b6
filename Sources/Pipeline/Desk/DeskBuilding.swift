import Foundation
import Importers
import Matching
import Records
import Reports
import Rules
import Workspace

/// Makes the index of the desk from the newest run's list of pairs and what the store has of its records.
struct DeskBuilding {
    private let store: WorkspaceStore
    private let desk: DeskRun
    private let today: String
    private let persons: [UInt32]
    /// Records by person.
    private let sizes: [UInt32: Int]
    /// The exports of the run, with the stored record of each of their records.
    private var exports: [(table: SourceTable, records: [Int64])] = []
    private var ids: [String: WorkspaceStore.KnownIDs] = [:]
    /// By record.
    private var areas: [UInt32]
    private var areaNames: [String] = [""]

    /// - Throws: as the reading of a store.
    private init(_ store: WorkspaceStore, _ desk: DeskRun, today: String) throws {
        self.store = store
        self.desk = desk
        self.today = today
        persons = try store.personsByRecord()
        var sizes: [UInt32: Int] = [:]
        for person in persons where person != 0 { sizes[person, default: 0] += 1 }
        self.sizes = sizes
        areas = [UInt32](repeating: 0, count: persons.count)
        let batches = try store.batches().filter { desk.run.batches.contains($0.id) }
        for plan in desk.book.sources {
            let name = plan.profile.name
            guard let batch = batches.last(where: { $0.source == name }) else { continue }
            let table = try store.sourceTable(batch, profile: plan.profile, schema: desk.book.schema, isWhole: false)
            var known = try store.knownIDs(of: table)
            let records = known.records(of: table)
            ids[name] = known
            takeAreas(table, records)
            exports.append((table, records))
        }
    }

    /// - Throws: `E-DSK-001`.
    static func build(_ index: DeskIndex, _ store: WorkspaceStore, _ desk: DeskRun, today: String) throws {
        let building = try DeskBuilding(store, desk, today: today)
        try building.pairs(into: index)
        try building.findings(into: index)
        try index.addTerms { add in
            for (table, records) in building.exports { try building.terms(table, records, add) }
        }
    }

    /// The findings alone, when some were accepted, or are not any more.
    static func renewFindings(_ index: DeskIndex, _ store: WorkspaceStore, _ desk: DeskRun, today: String) throws {
        try DeskBuilding(store, desk, today: today).findings(into: index)
    }

    private func area(of record: Int64) -> String {
        record < areas.count ? areaNames[Int(areas[Int(record)])] : ""
    }

    private mutating func takeAreas(_ table: SourceTable, _ records: [Int64]) {
        guard let field = desk.book.report.areas, let column = table.columns[field] else { return }
        let normalizer = Normalizer(for: desk.book.schema.fields[field])
        var known = Dictionary(uniqueKeysWithValues: areaNames.enumerated().map { ($1, UInt32($0)) })
        let codes = (0..<column.values.count).map { code -> UInt32 in
            let normal = normalizer.normalize(column.values[UInt32(code)])
            let area = normal.isWellFormed ? desk.area(normal.value) : ""
            if let number = known[area] { return number }
            let number = UInt32(areaNames.count)
            areaNames.append(area)
            known[area] = number
            return number
        }
        for (place, record) in records.enumerated() where record > 0 && record < areas.count {
            areas[Int(record)] = codes[Int(column.codes[place])]
        }
    }

    // MARK: Pairs

    private func pairs(into index: DeskIndex) throws {
        let fields = desk.lens.fields.count
        var links: [(person: UInt32, a: Int64, b: Int64, weight: Double)] = []
        var machine = MachineLinks()
        var known = ids
        let table: StoredTable
        do {
            table = try StoredTable(name: "pairs", path: desk.pairsPath, sha256: desk.pairsSHA256, fields: [])
            guard table.columns.count == 9 + fields else { throw DeskRun.filesGone(desk.pairsPath) }
        } catch { throw DeskRun.filesGone(desk.pairsPath) }
        try index.build(desk.marks) { builder in
            var number = 0
            var draw = DeskDraw(desk)
            try table.eachRow { row in
                number += 1
                func record(_ source: Int) -> Int64? {
                    row.withCell(source + 1) { known[row[source]]?.record($0) }
                }
                guard let a = record(0), let b = record(2), let outcome = ScoredPair.Outcome(rawValue: row[6]),
                    let probability = Double(row[4])
                else { return }
                draw.take(row, number, a, b, outcome, probability)
                let pair = pair(number, a, b, row, outcome, probability)
                if pair.aPerson == pair.bPerson, pair.aPerson != 0 {
                    links.append((pair.aPerson, a, b, pair.weight))
                    if outcome == .merged { machine.add(a, b, of: pair.aPerson) }
                }
                try builder.add(pair)
            }
            try draw.over.forEach(builder.add)
            machine.sort()
            try sample(&number, draw, machine, &known, builder)
            for cluster in Self.clusters(links, sizes) {
                try builder.add(
                    DeskCluster(
                        person: cluster.person, records: sizes[cluster.person] ?? 0, bridge: cluster.bridge,
                        area: area(of: cluster.record)))
            }
        }
    }

    private func pair(
        _ number: Int, _ a: Int64, _ b: Int64, _ row: TableRow, _ outcome: ScoredPair.Outcome,
        _ written: Double
    ) -> DeskPair {
        let pattern = desk.lens.pattern((9..<row.count).map { row[$0] })
        func person(_ record: Int64) -> UInt32 { record < persons.count ? persons[Int(record)] : 0 }
        let (left, right) = (person(a), person(b))
        let (leftSize, rightSize) = (sizes[left] ?? 1, sizes[right] ?? 1)
        let isOver = desk.mergeLine.map { written >= $0 } ?? false
        // Read as people have it read now, which the files of the run may not know yet.
        let (probability, weight) = desk.score(pattern)
        let (reason, state): (DeskPair.Reason, DeskPair.State) =
            switch outcome {
            case .merged: (.merged, .merged)
            case .review: (isOver ? .group : .score, .open)
            case .decidedSame: (.decided, .same)
            case .decidedDifferent: (.decided, .different)
            case .heldApart: (.never, .held)
            }
        // How open the question is, in bits; over the line it is the group that doubts.
        let doubt = reason == .group ? max(0.5, Self.entropy(probability)) : Self.entropy(probability)
        return DeskPair(
            id: number, a: a, b: b, aPerson: left, bPerson: right, aSource: row[0], bSource: row[2],
            probability: probability, weight: weight, key: row[8], likeliest: row[7], levels: pattern,
            differs: desk.lens.differing(pattern), reason: reason, area: area(of: a),
            size: left == right ? leftSize : leftSize + rightSize,
            rank: doubt * Double(min(leftSize, rightSize)), state: state)
    }

    /// What was drawn from under the review line. A pair of it that somebody decided stands in the list of pairs already.
    private func sample(
        _ number: inout Int, _ draw: DeskDraw, _ machine: MachineLinks,
        _ known: inout [String: WorkspaceStore.KnownIDs],
        _ builder: DeskIndex.Builder
    ) throws {
        guard let table = try desk.sampleTable() else { return }
        var places: [String: Int] = [:]
        var last = number
        var ids = known
        try table.eachRow { row in
            func record(_ source: Int) -> Int64? {
                row.withCell(source + 1) { ids[row[source]]?.record($0) }
            }
            guard let a = record(0), let b = record(2), let pairs = Int(row[5]) else { return }
            let place = places[row[4], default: 0]
            places[row[4]] = place + 1
            var id = draw.decided[[min(a, b), max(a, b)]]
            if id == nil {
                last += 1
                id = last
                try builder.add(letGo(last, a, b, row, machine))
            }
            if let id { try builder.add(DeskDrawn(stratum: row[4], place: place, pair: id, pairs: pairs)) }
        }
        (number, known) = (last, ids)
    }

    private func letGo(
        _ number: Int, _ a: Int64, _ b: Int64, _ row: TableRow, _ machine: MachineLinks
    ) -> DeskPair {
        let pattern = desk.lens.pattern((SampleFile.leading.count..<row.count).map { row[$0] })
        func person(_ record: Int64) -> UInt32 { record < persons.count ? persons[Int(record)] : 0 }
        let (left, right) = (person(a), person(b))
        let isOne = left == right && left != 0
        let (probability, weight) = desk.score(pattern)
        return DeskPair(
            id: number, a: a, b: b, aPerson: left, bPerson: right, aSource: row[0], bSource: row[2],
            probability: probability, weight: weight, key: "", likeliest: row[8], levels: pattern,
            differs: desk.lens.differing(pattern), reason: .sample, area: area(of: a),
            size: isOne ? sizes[left] ?? 1 : (sizes[left] ?? 1) + (sizes[right] ?? 1), rank: 0,
            // One person by what people said, and not by the machine: it has missed the two, before the run and after it.
            state: !isOne ? .apart : machine.join(a, b, of: left) ? .merged : .implied)
    }

    private static func entropy(_ probability: Double) -> Double {
        guard probability > 0, probability < 1 else { return 0 }
        return -probability * log2(probability) - (1 - probability) * log2(1 - probability)
    }

    /// The weakest of the links that a group needs: those of its heaviest tree.
    private static func clusters(
        _ links: [(person: UInt32, a: Int64, b: Int64, weight: Double)], _ sizes: [UInt32: Int]
    ) -> [(person: UInt32, bridge: Double, record: Int64)] {
        let sorted = links.sorted { ($0.person, $1.weight, $0.a, $0.b) < ($1.person, $0.weight, $1.a, $1.b) }
        var clusters: [(person: UInt32, bridge: Double, record: Int64)] = []
        var root: [Int64: Int64] = [:]
        func find(_ record: Int64) -> Int64 {
            var record = record
            while let next = root[record] { record = next }
            return record
        }
        for link in sorted {
            if clusters.last?.person != link.person {
                root.removeAll(keepingCapacity: true)
                clusters.append((link.person, link.weight, link.a))
            }
            let (a, b) = (find(link.a), find(link.b))
            if a == b { continue }
            root[a] = b
            clusters[clusters.count - 1].bridge = link.weight
        }
        return clusters
    }

    // MARK: Findings and words

    private func findings(into index: DeskIndex) throws {
        // The workspace before the index, as pages do: whoever holds one and waits for the other would wait for ever.
        try store.readAsOfNow {
            try index.takeFindings { add in
                try store.forEachOpenFinding(on: today) { id, record, facet, proposes in
                    try add(
                        id, record,
                        DeskFacet(
                            check: facet.check, kind: facet.kind, severity: facet.severity, source: facet.source,
                            area: area(of: record), field: facet.field), proposes)
                }
            }
        }
    }

    /// Names with their sound, dates of birth, numbers of persons, telephones, and the office's own ids.
    private func terms(
        _ table: SourceTable, _ records: [Int64], _ add: (String, Int64) throws -> Void
    ) throws {
        for (place, (field, column)) in zip(desk.book.schema.fields, table.columns).enumerated() {
            guard let column, DeskWords.isSearched(place, of: desk.book.schema) else { continue }
            let normalizer = Normalizer(for: field)
            let words = (0..<column.values.count).map { code in
                DeskWords.words(normalizer.normalize(column.values[UInt32(code)]).value, field.kind)
            }
            for (place, record) in records.enumerated() where record != 0 {
                for word in words[Int(column.codes[place])] { try add(word, record) }
            }
        }
        for (place, record) in records.enumerated() where record != 0 {
            try add(DeskWords.folded(table.recordIDPool[table.recordIDs[place]]), record)
        }
    }
}
