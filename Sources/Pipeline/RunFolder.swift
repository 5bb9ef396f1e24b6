import Foundation
import Records
import Reports

/// The folder of a run as its `run.json` describes it.
struct RunFolder {
    let path: String
    let title: String
    let fields: [FieldFacts]
    /// Of the workspace that the run is of; `nil`: of none.
    let registry: String?
    /// Tables at the top of the folder, by name without `.csv`, in the order of the manifest.
    let tables: [(name: String, sha256: String)]

    /// - Throws: `E-EXP-018` when there is no manifest, or none that this version can export from.
    init(_ path: String) throws {
        var path = path
        while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
        guard let data = FileManager.default.contents(atPath: path + "/" + Outbox.manifestName),
            let manifest = try? JSONDecoder().decode(Manifest.self, from: data)
        else {
            throw Failure(
                .badInput, code: "E-EXP-018",
                Text(
                    en: "this is not the folder of a finished run: it has no readable run.json",
                    zh: "这不是已完成运行的文件夹：没有可读取的 run.json"),
                at: Place(file: path),
                advice: Text(
                    en: "Give the folder that “qingku clean” wrote; runs of older versions have to be made again.",
                    zh: "请给出 qingku clean 写出的文件夹；旧版本的运行需要重新运行。"))
        }
        self.path = path
        title = manifest.title
        registry = manifest.registry
        fields = manifest.fields.compactMap { field in
            FieldKind(rawValue: field.type).map { FieldFacts(name: field.name, kind: $0) }
        }
        tables = manifest.outputs.compactMap { output in
            guard output.file.hasSuffix(".csv"), !output.file.contains("/") else { return nil }
            return (String(output.file.dropLast(4)), output.sha256)
        }
    }

    private struct Manifest: Decodable {
        let title: String
        let registry: String?
        let fields: [Field]
        let outputs: [Output]

        struct Field: Decodable {
            let name: String
            let type: String
        }

        struct Output: Decodable {
            let file: String
            let sha256: String
        }
    }
}
