import Foundation
import Importers
import Matching
import Records
import Reports
import Rules
import Workspace

/// The run that the desk works on: its rules, its model, and where its list of pairs is.
struct DeskRun: Sendable {
    let run: StoredRun
    let book: RuleBook
    let lens: PairLens
    /// How scores are read now: since somebody applied it, and from the next run on in its files too.
    let calibration: Calibration?
    /// Where the sample of pairs under the review line is: the run's own, or that of the run whose model it goes on with;
    /// `nil` when there is none.
    private let sample: (path: String, sha256: String)?
    let mergeLine: Double?
    let pairsPath: String
    let pairsSHA256: String

    private struct Document: Decodable {
        struct Matching: Decodable {
            let mergeLine: Double?
            let reviewLine: Double

            enum CodingKeys: String, CodingKey {
                case mergeLine = "merge_line"
                case reviewLine = "review_line"
            }
        }

        let matching: Matching
    }

    /// - Throws: `E-RUN-007` when nothing has run yet, `E-DSK-001` when the files of the run are gone.
    init(_ store: WorkspaceStore) throws {
        guard let run = try store.lastRun(), let rules = try store.ruleBook(sha256: run.rules) else {
            throw Speaker.noRun(store)
        }
        let book = try RuleBook.parse(rules.text, path: rules.path)
        let folder = run.folder(in: store.directory)
        guard let pairs = run.outputs.first(where: { $0.path == "pairs.csv" }),
            let data = FileManager.default.contents(atPath: folder + "/run.json"),
            let document = try? JSONDecoder().decode(Document.self, from: data)
        else { throw Self.filesGone(folder) }
        let model = try ModelReader.read(folder + "/run.json")
        self.run = run
        self.book = book
        mergeLine = document.matching.mergeLine
        calibration = try store.calibration(rules: run.rules)?.calibration
        lens = PairLens(
            plan: book.match, model: model, lines: (mergeLine, document.matching.reviewLine), calibration: calibration)
        sample = try Self.sample(of: run, store)
        pairsPath = folder + "/pairs.csv"
        pairsSHA256 = pairs.sha256
    }

    /// Of a pattern of levels: its probability as it is read now, and the log₂ of its odds.
    func score(_ pattern: UInt64) -> (probability: Double, weight: Double) {
        let logit = lens.modelLogit(pattern)
        let read = calibration.map { $0.shift + $0.slope * logit } ?? logit
        return (Calibration.probability(read), read / log(2))
    }

    private static func sample(of run: StoredRun, _ store: WorkspaceStore) throws -> (path: String, sha256: String)? {
        func output(_ name: String, of run: StoredRun) -> StoredRun.Output? { run.outputs.first { $0.path == name } }
        func place(_ run: StoredRun) -> (String, String)? {
            output(SampleFile.name, of: run).map { (run.folder(in: store.directory) + "/" + $0.path, $0.sha256) }
        }
        if let own = place(run) { return own }
        guard let model = output(ModelFile.name, of: run)?.sha256 else { return nil }
        let drawn = try store.runs().last { earlier in
            earlier.id < run.id && output(ModelFile.name, of: earlier)?.sha256 == model
                && output(SampleFile.name, of: earlier) != nil
        }
        // The folder of an earlier run may have been cleared away.
        return drawn.flatMap(place).flatMap { FileManager.default.fileExists(atPath: $0.0) ? $0 : nil }
    }

    /// - Throws: `E-DSK-001` when it is not there as the run wrote it.
    func sampleTable() throws -> StoredTable? {
        guard let sample else { return nil }
        do {
            let table = try StoredTable(name: "sample", path: sample.path, sha256: sample.sha256, fields: [])
            guard table.columns.count == SampleFile.leading.count + lens.fields.count else {
                throw Self.filesGone(sample.path)
            }
            return table
        } catch { throw Self.filesGone(sample.path) }
    }

    static func filesGone(_ folder: String) -> Failure {
        Failure(
            .notDone, code: "E-DSK-001",
            Text(
                en: "the files of the newest run are not there as it wrote them", zh: "最近一次运行的文件已不在或被改动"),
            at: Place(file: folder),
            advice: Text(en: "Run “qingku reconcile” to write them anew.", zh: "请运行 qingku reconcile 重新生成。"))
    }

    /// Of what the index is made.
    var marks: [String: String] {
        ["run": "\(run.id)", "pairs": pairsSHA256, "calibration": "\(calibration?.event ?? 0)"]
    }

    /// Where a value of the field of areas lies: the first six digits of a division code, or the value.
    func area(_ value: String) -> String {
        guard let field = book.report.areas else { return "" }
        return book.schema.fields[field].kind == .division ? String(value.prefix(6)) : value
    }
}
