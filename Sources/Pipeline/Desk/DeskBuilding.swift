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
    private let sizes: [Int32]
    private var ids: [String: WorkspaceStore.KnownIDs] = [:]
    /// By record.
    private var areas: [UInt32]
    private var areaNames: [String] = [""]

    /// Reads the exports of the run record by record: tables of them, of a large register, are most of what the desk would
    /// ever hold.
    ///
    /// - Parameters:
    ///   - hasTerms: whether anybody asks for the words that a record is found by.
    ///   - add: takes them.
    /// - Throws: as the reading of a store.
    private init(
        _ store: WorkspaceStore, _ desk: DeskRun, today: String, hasTerms: Bool = false,
        add: (String, Int64) throws -> Void = { _, _ in }
    ) throws {
        self.store = store
        self.desk = desk
        self.today = today
        persons = try store.personsByRecord()
        var sizes = [Int32](repeating: 0, count: Int(persons.max() ?? 0) + 1)
        for person in persons where person != 0 { sizes[Int(person)] += 1 }
        self.sizes = sizes
        areas = [UInt32](repeating: 0, count: persons.count)
        let schema = desk.book.schema
        let searched = schema.fields.indices.filter { hasTerms && DeskWords.isSearched($0, of: schema) }
        let wanted = searched + [desk.book.report.areas].compactMap { $0 }
        let batches = try store.batches().filter { desk.run.batches.contains($0.id) }
        for plan in desk.book.sources {
            let name = plan.profile.name
            guard let batch = batches.last(where: { $0.source == name }) else { continue }
            var words = searched.map { WordsOfField(schema.fields[$0]) }
            var areas = AreasOfField(desk, areaNames)
            ids[name] = try store.eachRecord(of: batch, fields: wanted.map { schema.fields[$0].name }) { record in
                for place in searched.indices {
                    for word in words[place].words(record.texts[place]) { try add(word, record.record) }
                }
                if hasTerms { try add(DeskWords.folded(record.recordID), record.record) }
                if wanted.count > searched.count, record.record < self.areas.count {
                    self.areas[Int(record.record)] = areas.number(record.texts[searched.count])
                }
            }
            areaNames = areas.names
        }
    }

    /// - Throws: `E-DSK-001`.
    static func build(_ index: DeskIndex, _ store: WorkspaceStore, _ desk: DeskRun, today: String) throws {
        try index.clear()
        // The workspace before the index, as pages do: whoever holds one and waits for the other would wait for ever.
        let building = try store.readAsOfNow {
            try index.addTerms { add in try DeskBuilding(store, desk, today: today, hasTerms: true, add: add) }
        }
        try building.pairs(into: index)
        try building.findings(into: index)
    }

    /// The findings alone, when some were accepted, or are not any more.
    static func renewFindings(_ index: DeskIndex, _ store: WorkspaceStore, _ desk: DeskRun, today: String) throws {
        try DeskBuilding(store, desk, today: today).findings(into: index)
    }

    private func area(of record: Int64) -> String {
        record < areas.count ? areaNames[Int(areas[Int(record)])] : ""
    }

    /// Records of a person; 1 for nobody.
    private func size(_ person: UInt32) -> Int { person == 0 ? 1 : Int(sizes[Int(person)]) }

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
            for cluster in Self.clusters(links) {
                try builder.add(
                    DeskCluster(
                        person: cluster.person, records: size(cluster.person), bridge: cluster.bridge,
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
        let (leftSize, rightSize) = (size(left), size(right))
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
            size: isOne ? size(left) : size(left) + size(right), rank: 0,
            // One person by what people said, and not by the machine: it has missed the two, before the run and after it.
            state: !isOne ? .apart : machine.join(a, b, of: left) ? .merged : .implied)
    }

    private static func entropy(_ probability: Double) -> Double {
        guard probability > 0, probability < 1 else { return 0 }
        return -probability * log2(probability) - (1 - probability) * log2(1 - probability)
    }

    /// The weakest of the links that a group needs: those of its heaviest tree.
    private static func clusters(
        _ links: [(person: UInt32, a: Int64, b: Int64, weight: Double)]
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

    // MARK: Findings

    private func findings(into index: DeskIndex) throws {
        // In this order as above.
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
}

/// Names with their sound, dates of birth, numbers of persons, telephones: the words of the values of a field, many of which come
/// again.
private struct WordsOfField {
    private let field: Field
    private let normalizer: Normalizer
    private var known: [String: [String]] = [:]
    private static let most = 20_000

    init(_ field: Field) {
        self.field = field
        normalizer = Normalizer(for: field)
    }

    mutating func words(_ text: String) -> [String] {
        if text.isEmpty { return [] }
        if let words = known[text] { return words }
        let words = DeskWords.words(normalizer.normalize(text).value, field.kind)
        if known.count == Self.most { known.removeAll(keepingCapacity: true) }
        known[text] = words
        return words
    }
}

/// The areas that the values of the field of areas lie in, by number; 0 for those that lie in none.
private struct AreasOfField {
    private let desk: DeskRun
    private let normalizer: Normalizer?
    private(set) var names: [String]
    private var numbers: [String: UInt32]
    private var known: [String: UInt32] = [:]
    private static let most = 20_000

    /// - Parameter names: of the areas so far.
    init(_ desk: DeskRun, _ names: [String]) {
        self.desk = desk
        self.names = names
        normalizer = desk.book.report.areas.map { Normalizer(for: desk.book.schema.fields[$0]) }
        numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, UInt32($0)) })
    }

    mutating func number(_ text: String) -> UInt32 {
        if let number = known[text] { return number }
        let normal = normalizer?.normalize(text)
        let area = normal.map { $0.isWellFormed ? desk.area($0.value) : "" } ?? ""
        let number = numbers[area] ?? UInt32(names.count)
        if number == names.count {
            names.append(area)
            numbers[area] = number
        }
        if known.count == Self.most { known.removeAll(keepingCapacity: true) }
        known[text] = number
        return number
    }
}
