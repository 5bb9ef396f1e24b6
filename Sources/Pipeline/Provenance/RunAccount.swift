import Foundation
import Records
import Reports
import Rules
import Workspace

/// What the files of a run say of one person, as far as they are there as the run wrote them.
struct RunAccount {
    /// The cells of its row of `master.csv`, after the id; `nil`: it has none.
    let cells: [String]?
    /// Its rows of `changes.csv`, after the id.
    let changes: [[String]]
    /// The rows of `pairs.csv` with two of its records, without levels.
    let pairs: [(a: RecordKey, b: RecordKey, score: PersonExplanation.Join.Score)]

    /// Its records' rows of `findings.csv`: id, severity, suggestion, state; `nil`: not asked for.
    let findings: [[String]]?

    /// `nil` when one of the files is gone or was changed.
    ///
    /// - Parameter withFindings: a large file, which only earlier runs need.
    init?(
        _ person: String, _ keys: Set<RecordKey>, of run: StoredRun, in workspace: String, withFindings: Bool,
        threads: Int
    ) {
        let folder = run.folder(in: workspace)
        @Sendable func rows(_ name: String, _ isWanted: (TableRow) -> Bool) -> [[String]]? {
            guard let output = run.outputs.first(where: { $0.path == name }),
                let table = try? StoredTable(
                    name: name, path: folder + "/" + name, sha256: output.sha256, fields: [])
            else { return nil }
            var found: [[String]] = []
            do {
                try table.eachRow { row in
                    if isWanted(row) { found.append((0..<row.count).map { row[$0] }) }
                }
            } catch {
                return nil
            }
            return found
        }
        let id = Array(person.utf8)
        let ids = Set(keys.map { Array($0.recordID.utf8) })
        let names = [MasterFile.name, ChangesFile.name, PairsFile.name] + (withFindings ? [FindingsFile.name] : [])
        let read = Parallel.map(names.count, threads: threads) { index -> [[String]]? in
            switch names[index] {
            case PairsFile.name:
                rows(names[index]) { $0.count > 8 && $0.isOne(of: ids, at: 1) && $0.isOne(of: ids, at: 3) }
            case FindingsFile.name: rows(names[index]) { $0.count > 11 && $0.isOne(of: ids, at: 5) }
            default: rows(names[index]) { $0.holds(id, at: 0) }
            }
        }
        if withFindings {
            guard let found = read[3] else { return nil }
            findings = found.filter { keys.contains(RecordKey(source: $0[4], recordID: $0[5])) }.map {
                [$0[0], $0[3], $0[9], $0[11]]
            }
        } else {
            findings = nil
        }
        guard let master = read[0], let changes = read[1], let pairs = read[2] else { return nil }
        cells = master.first.map { Array($0.dropFirst()) }
        self.changes = changes.map { Array($0.dropFirst()) }
        self.pairs = pairs.compactMap { row in
            let (a, b) = (RecordKey(source: row[0], recordID: row[1]), RecordKey(source: row[2], recordID: row[3]))
            guard keys.contains(a), keys.contains(b), let probability = Double(row[4]), let weight = Double(row[5]),
                let outcome = ScoredPair.Outcome(rawValue: row[6])
            else { return nil }
            return (a, b, .init(probability: probability, weight: weight, outcome: outcome, key: row[8]))
        }
    }
}

extension TableRow {
    fileprivate func holds(_ text: [UInt8], at column: Int) -> Bool {
        column < count && withCell(column) { $0.elementsEqual(text) }
    }

    fileprivate func isOne(of texts: Set<[UInt8]>, at column: Int) -> Bool {
        column < count && withCell(column) { texts.contains(Array($0)) }
    }
}
