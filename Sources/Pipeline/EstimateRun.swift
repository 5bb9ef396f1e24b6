import Estimation
import Foundation
import Importers
package import Records
import Reports
import Standards

package struct EstimateRequest: Sendable {
    /// Names of two or three sources; empty: those of the run.
    package let lists: [String]
    /// Column of `master.csv` whose values are areas; division codes are taken by county, prefecture or province.
    package let area: String?
    /// Column of `master.csv` with dates.
    package let year: String?
    /// Instead of what the run expects of its links.
    package let linkage: PopulationEstimate.LinkageQuality?

    package init(
        lists: [String], area: String?, year: String?, linkage: PopulationEstimate.LinkageQuality?
    ) {
        self.lists = lists
        self.area = area
        self.year = year
        self.linkage = linkage
    }
}

/// How many persons there are, those in no source included, from a finished run's `members.csv`.
package enum EstimateRun {
    package static func run(_ source: EvaluationRun.Source, _ request: EstimateRequest) throws -> PopulationEstimate {
        let members = try table(source.output + "/members.csv", ["source", "record_id", "person_id"])
        let sources = try column(members, 0)
        let persons = try column(members, 2)
        let lists = try lists(request.lists, sources, source.output)
        var listOf = [Int?](repeating: nil, count: sources.values.count)
        for (index, name) in lists.enumerated() {
            for code in 1..<max(1, UInt32(sources.values.count)) where sources.values[code] == name {
                listOf[Int(code)] = index
            }
        }
        var seen = [Int](repeating: 0, count: persons.values.count)
        var extra = [Int](repeating: 0, count: lists.count)
        var extraOf: [(person: Int, list: Int)] = []
        for record in 0..<members.count {
            guard let list = listOf[Int(sources.codes[record])] else { continue }
            let person = Int(persons.codes[record])
            if seen[person] >> list & 1 == 1 {
                extra[list] += 1
                extraOf.append((person, list))
            }
            seen[person] |= 1 << list
        }
        var cells = [Int](repeating: 0, count: 1 << lists.count)
        for person in seen.indices.dropFirst() where seen[person] != 0 { cells[seen[person]] += 1 }
        let counts = ListCounts(lists: lists.count, cells: cells, extra: extra)
        let linkage = request.linkage ?? expected(source.output)
        guard let result = PopulationEstimator.estimate(counts, linkage: linkage) else {
            throw refusal(counts, linkage, lists, source.output)
        }
        let people = People(persons: persons.values, seen: seen, extra: extraOf, lists: lists.count)
        var strata: [PopulationEstimate.Strata] = []
        for (field, isYear) in [(request.area, false), (request.year, true)] {
            guard let field else { continue }
            strata.append(
                try Self.strata(field, isYear: isYear, master: source.output + "/master.csv", people, linkage))
        }
        return PopulationEstimate(lists: lists, cells: cells, linkage: linkage, result: result, strata: strata)
    }

    /// Who is on which lists.
    private struct People {
        let persons: TextPool
        let seen: [Int]
        let extra: [(person: Int, list: Int)]
        let lists: Int
    }

    private static func strata(
        _ field: String, isYear: Bool, master: String, _ people: People,
        _ linkage: PopulationEstimate.LinkageQuality?
    ) throws -> PopulationEstimate.Strata {
        let table = try table(master, ["person_id", field])
        let ids = try column(table, 0)
        // A column without any value has no strata.
        let values = try column(table, 1)
        let names = isYear ? years(values.values) : areas(values)
        var stratumOf: [String: String] = [:]
        stratumOf.reserveCapacity(table.count)
        for row in 0..<table.count { stratumOf[ids.values[ids.codes[row]]] = names[Int(values.codes[row])] }
        var byName: [String: (cells: [Int], extra: [Int])] = [:]
        let none = (
            cells: [Int](repeating: 0, count: 1 << people.lists), extra: [Int](repeating: 0, count: people.lists)
        )
        var stratum = [String](repeating: "", count: people.seen.count)
        for person in people.seen.indices.dropFirst() where people.seen[person] != 0 {
            stratum[person] = stratumOf[people.persons[UInt32(person)]] ?? ""
            byName[stratum[person], default: none].cells[people.seen[person]] += 1
        }
        for entry in people.extra { byName[stratum[entry.person]]?.extra[entry.list] += 1 }
        return StratumEstimate.strata(
            field: field,
            byName.map { name, counts in
                StratumEstimate.Stratum(
                    name: name, label: isYear ? "" : Divisions.shared.fullName(name) ?? "",
                    counts: ListCounts(lists: people.lists, cells: counts.cells, extra: counts.extra))
            }, linkage: linkage)
    }

    /// The year of each date; empty where there is none.
    private static func years(_ values: TextPool) -> [String] {
        (0..<UInt32(values.count)).map { code in
            let year = values[code].prefix(4)
            return year.utf8.count == 4 && year.utf8.allSatisfy { (0x30...0x39).contains($0) } ? String(year) : ""
        }
    }

    /// Counties while there are at most 60 of them, else prefectures, else provinces; values that are no codes as they are.
    private static func areas(_ column: SourceTable.Column) -> [String] {
        let values = (0..<UInt32(column.values.count)).map { column.values[$0] }
        let isCodes = values.dropFirst().count { Divisions.shared.isKnown(String($0.prefix(6))) } * 2 > values.count - 1
        guard isCodes else { return values }
        for digits in [6, 4, 2] {
            let areas = values.map { value in
                value.utf8.count < 6 ? "" : value.prefix(digits) + String(repeating: "0", count: 6 - digits)
            }
            if Set(areas).count <= 61 || digits == 2 { return areas }
        }
        return values
    }

    private static func lists(_ wanted: [String], _ sources: SourceTable.Column, _ folder: String) throws -> [String] {
        let there = (1..<max(1, sources.values.count)).map { sources.values[UInt32($0)] }
        if let unknown = wanted.first(where: { !there.contains($0) }) {
            throw Failure(
                .badInput, code: "E-EST-001",
                Text(en: "the run has no source “\(unknown)”", zh: "该次运行没有来源“\(unknown)”"), at: Place(file: folder),
                advice: Text(
                    en: "Its sources are: \(there.joined(separator: ", ")).",
                    zh: "其来源为：\(there.joined(separator: "、"))。"))
        }
        let lists = wanted.isEmpty ? there : wanted
        guard (2...3).contains(lists.count), Set(lists).count == lists.count else {
            throw Failure(
                .badInput, code: "E-EST-002",
                Text(
                    en: "an estimate needs two or three different lists; these are \(lists.count)",
                    zh: "估计需要两份或三份不同的名单，现有 \(lists.count) 份"), at: Place(file: folder),
                advice: Text(
                    en: "Name them: --lists \(there.prefix(3).joined(separator: ",")).",
                    zh: "请指定：--lists \(there.prefix(3).joined(separator: ","))。"))
        }
        return lists
    }

    private static func refusal(
        _ linked: ListCounts, _ linkage: PopulationEstimate.LinkageQuality?, _ lists: [String], _ folder: String
    ) -> Failure {
        let corrected = linkage.map { PopulationEstimator.corrected(linked, for: $0) }
        let isCorrected = linked.thinPair == nil
        let counts = isCorrected ? corrected ?? linked : linked
        guard let pair = counts.thinPair else {
            return Failure(
                .notDone, code: "E-EST-004",
                Text(
                    en: "no log-linear model fits the counts: too many combinations of lists are empty",
                    zh: "没有可拟合的对数线性模型：过多的名单组合为空"), at: Place(file: folder),
                advice: Text(en: "Name two of the lists with --lists.", zh: "请用 --lists 指定其中两份名单。"))
        }
        let (a, b) = (lists[pair.a], lists[pair.b])
        let shared = Int(counts.overlap(pair.a, pair.b))
        let need = Int(ListCounts.leastOverlap)
        let basis =
            isCorrected ? Text(en: ", corrected for wrong and missed links", zh: "（按匹配误差校正后）") : Text(en: "", zh: "")
        return Failure(
            .notDone, code: "E-EST-003",
            Text(
                en:
                    "\(a) and \(b) share \(shared) persons\(basis.en); an estimate needs at least \(need). From fewer, one person more or less would change the number by a tenth or more, and its interval would not hold.",
                zh: "\(a) 与 \(b) 只有 \(shared) 人重合\(basis.zh)，估计至少需要 \(need) 人。重合更少时，多一人或少一人就会使结果改变一成以上，区间也不成立。"),
            at: Place(file: folder),
            advice: Text(
                en: "Use lists that share more persons (--lists), or larger areas.",
                zh: "请改用重合更多的名单（--lists），或更大的地区。"))
    }

    /// From the sources of a run that is in memory; `nil` where there are not two or three that share enough persons, or
    /// where the estimates would give withheld numbers away.
    static func population(of facts: RunFacts, _ memberships: SourceMemberships) -> PopulationFacts? {
        let lists = facts.sources.count
        guard (2...3).contains(lists), !facts.hidesPopulation else { return nil }
        let model = facts.matching?.model
        var linkage: PopulationEstimate.LinkageQuality?
        if let precision = model?.expectedPrecision, let recall = model?.expectedRecall,
            (0.5...1).contains(precision.value), (0.5...1).contains(recall.value)
        {
            linkage = PopulationEstimate.LinkageQuality(
                precision: precision.value, precisionMargin: max(0, precision.margin) + modelMargin,
                recall: recall.value, recallMargin: max(0, recall.margin) + modelMargin)
        }
        let counts = ListCounts(lists: lists, cells: memberships.cells, extra: memberships.extra)
        guard let result = PopulationEstimator.estimate(counts, linkage: linkage) else { return nil }
        return PopulationFacts(
            lists: facts.sources.map(\.name), listed: facts.persons, linked: result.linked, corrected: result.corrected,
            models: result.models)
    }

    /// What the run's model expects of its links, if it says so. Its margins leave out what the model itself gets wrong,
    /// about 0.01 on registers with a known truth; that is added.
    private static func expected(_ folder: String) -> PopulationEstimate.LinkageQuality? {
        struct Document: Decodable {
            struct Matching: Decodable {
                let precision: Double?
                let recall: Double?
                let precisionMargin: Double?
                let recallMargin: Double?

                enum CodingKeys: String, CodingKey {
                    case precision = "expected_precision"
                    case recall = "expected_recall"
                    case precisionMargin = "expected_precision_margin"
                    case recallMargin = "expected_recall_margin"
                }
            }

            let matching: Matching?
        }
        guard let data = FileManager.default.contents(atPath: folder + "/run.json"),
            let matching = try? JSONDecoder().decode(Document.self, from: data).matching,
            let precision = matching.precision, let recall = matching.recall,
            (0.5...1).contains(precision), (0.5...1).contains(recall)
        else { return nil }
        return PopulationEstimate.LinkageQuality(
            precision: precision, precisionMargin: max(0, matching.precisionMargin ?? 0) + modelMargin,
            recall: recall, recallMargin: max(0, matching.recallMargin ?? 0) + modelMargin)
    }

    private static let modelMargin = 0.01

    /// Some columns of one of the product's own files, as codes.
    private static func table(_ path: String, _ columns: [String]) throws -> SourceTable {
        let headers = try FlatTable.headers(path: path)
        if let missing = columns.first(where: { !headers.contains($0) }) {
            throw Failure(
                .badInput, code: "E-CSV-101", Text(en: "there is no column \(missing)", zh: "缺少列 \(missing)"),
                at: Place(file: path, line: 1),
                advice: Text(
                    en: "The header is: \(headers.joined(separator: ", ")).",
                    zh: "表头为：\(headers.joined(separator: "、"))。"))
        }
        return try Importer.read(
            SourcePlan(
                profile: SourceProfile(name: "table"), path: path, format: .csv, encoding: "utf-8", delimiter: ",",
                quote: "\"", hasHeader: true,
                mappings: columns.enumerated().map { .init(field: $0.offset, path: $0.element) }),
            path: path, schema: Schema(columns.map { Field(name: $0, kind: .text) })
        ).table
    }

    private static func column(_ table: SourceTable, _ index: Int) throws -> SourceTable.Column {
        guard let column = table.columns[index] else {
            throw Failure(
                .badInput, code: "E-CSV-101", Text(en: "a column cannot be read", zh: "有一列无法读取"),
                at: Place(file: table.file.path, line: 1))
        }
        return column
    }
}
