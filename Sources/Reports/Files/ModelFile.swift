import Foundation
import Records

/// A fitted model in a file of its own, in the form in which `run.json` holds it: `--model` reads either.
package enum ModelFile {
    /// In the folder of a run: the model that it scored with, and what was counted when it was fitted.
    package static let name = "model.json"

    /// Replaces an older model in one step; any other file that lies there stays.
    package static func write(_ facts: RunFacts, to path: String) throws {
        try check(path)
        do {
            try Data(document(facts).text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw Failure(
                .storage, code: "E-OUT-007",
                Text(en: "the model cannot be written here", zh: "无法在此写入模型"), at: Place(file: path),
                advice: Text(en: "Choose a folder that exists and may be written to.", zh: "请选择存在且可写的文件夹。"))
        }
    }

    /// - Throws: `E-OUT-008` when something that is no model lies there. Asked before a run begins.
    package static func check(_ path: String) throws {
        struct Model: Decodable {
            struct Matching: Decodable {
                struct Fitted: Decodable {}

                let model: Fitted
            }

            let schema: Int
            let matching: Matching
        }
        guard FileManager.default.fileExists(atPath: path) else { return }
        let data = FileManager.default.contents(atPath: path) ?? Data()
        guard (try? JSONDecoder().decode(Model.self, from: data)) == nil else { return }
        throw Failure(
            .badInput, code: "E-OUT-008",
            Text(
                en: "there is a file here that holds no match model; nothing was written", zh: "此处已有一个并非匹配模型的文件，未写入任何内容"
            ),
            at: Place(file: path),
            advice: Text(en: "Give --save-model another name.", zh: "请为 --save-model 另取文件名。"))
    }

    package static func document(_ facts: RunFacts) -> JSON {
        .object([
            ("schema", .integer(RunJSON.schemaVersion)),
            ("tool", .object([("name", .string("qingku")), ("version", .string(facts.toolVersion))])),
            ("rules", .object([("file", .string(facts.rulesFile)), ("sha256", .string(facts.rulesSHA256))])),
            ("matching", facts.matching.map(RunJSON.matching) ?? .null),
        ])
    }
}
