import Crypto
import Foundation
import Matching
import Records
import Reports

/// The text of a file that holds a model, kept with the run that is pinned to it.
struct ModelText {
    /// Where it was read from.
    let path: String
    let text: String

    init(path: String, text: String) {
        self.path = path
        self.text = text
    }

    /// - Throws: `E-RUN-003` for a file that cannot be read.
    init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else { throw Failure.unreadable(path) }
        self.init(path: path, text: String(decoding: data, as: UTF8.self))
    }

    /// Hex.
    var sha256: String { Hex.text(SHA256.hash(data: Data(text.utf8))) }

    /// - Throws: `E-MATCH-002` for a text that holds no model.
    func read() throws -> PinnedModel { try ModelReader.read(text, path: path) }
}

/// Reads the model of an earlier run from its `run.json`, or from a file that `--save-model` wrote.
enum ModelReader {
    fileprivate struct Document: Decodable {
        struct Matching: Decodable {
            struct Model: Decodable {
                let classes: [StoredModel.Class]
                let patterns: Int?
            }

            struct Basis: Decodable {
                let plan: String
                let records: Int
                let missed: Double
                let missedVariance: Double
                let keptLevels: [[Int]]
            }

            let fields: [StoredModel.Field]
            let model: Model
            let candidatePairs: Int?
            let cutShort: Int?
            let blocking: [StoredModel.Key]?
            let basis: Basis?
        }

        let schema: Int
        let matching: Matching
    }

    /// - Throws: `E-RUN-003` for a file that cannot be read, `E-MATCH-002` for one that holds no model.
    static func read(_ path: String) throws -> PinnedModel { try ModelText(path: path).read() }

    fileprivate static func read(_ text: String, path: String) throws -> PinnedModel {
        let document: Document
        do {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            document = try decoder.decode(Document.self, from: Data(text.utf8))
        } catch {
            throw unusable(path)
        }
        let matching = document.matching
        func isOne(_ sum: Double) -> Bool { (sum - 1).magnitude < 1e-6 }
        let isSound = matching.model.classes.allSatisfy { entry in
            ([entry.share] + entry.levels.joined()).allSatisfy { $0.isFinite && $0 >= 0 && $0 <= 1 }
                && entry.levels.allSatisfy { isOne($0.reduce(0, +)) }
        }
        let hasShares = isOne(matching.model.classes.reduce(0) { $0 + $1.share })
        guard document.schema == 1, isSound, hasShares, matching.model.classes.count <= 255 else {
            throw unusable(path)
        }
        return PinnedModel(
            path: path,
            fields: matching.fields.map { .init(name: $0.field, comparator: $0.comparator, levels: $0.levels) },
            classes: matching.model.classes.map(\.summary), basis: matching.counted)
    }

    private static func unusable(_ path: String) -> Failure {
        Failure(
            .badInput, code: "E-MATCH-002",
            Text(
                en: "this file holds no match model, or one that was altered: probabilities do not add up to 1",
                zh: "该文件不含匹配模型，或已被改动：概率之和不为 1"),
            at: Place(file: path),
            advice: Text(
                en: "Give the run.json of an earlier run, or a file that --save-model wrote.",
                zh: "请给出先前某次运行的 run.json，或由 --save-model 写出的文件。"))
    }
}

extension ModelReader.Document.Matching {
    /// What the run that fitted the model counted; `nil` when the file does not say.
    fileprivate var counted: MatchBasis? {
        guard let basis, let candidatePairs, let cutShort, let patterns = model.patterns, let blocking,
            basis.missed.isFinite, basis.missed >= 0, basis.missedVariance.isFinite, basis.missedVariance >= 0
        else { return nil }
        return MatchBasis(
            plan: basis.plan, records: basis.records,
            blocking: blocking.map(\.summary), candidatePairs: candidatePairs, cutShort: cutShort, patterns: patterns,
            missed: basis.missed,
            missedVariance: basis.missedVariance, levels: basis.keptLevels)
    }
}
