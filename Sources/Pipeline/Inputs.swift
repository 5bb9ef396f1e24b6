import Foundation
import Importers
import Records
import Rules
import Workspace

/// The exports that take part in a run, and the sources that do not.
struct Inputs {
    struct Input {
        let plan: SourcePlan
        let path: String
        /// Hex, lower case, of the bytes as they lie there now; empty when nobody asked.
        let sha256: String
        /// The export as the workspace has it; `nil`: to be read from the file.
        var batch: Batch?

        /// - Throws: `E-RUN-004` when what was read is not what lay there when the run began.
        func confirm(_ file: SourceFile) throws {
            guard !sha256.isEmpty, file.sha256 != sha256 else { return }
            throw Failure(
                .badInput, code: "E-RUN-004",
                Text(en: "the file changed while it was being read", zh: "读取期间文件发生了变化"), at: Place(file: path),
                advice: Text(
                    en: "Wait until the office has finished writing it, then run again.",
                    zh: "请等文件写完后再运行。"))
        }
    }

    let inputs: [Input]
    /// Sources of the rule book without a path there or on the command line.
    let leftOut: [String]

    /// - Throws: `E-RUN-001` for a source the rule book does not have, `E-RUN-002` when none is left, `E-RUN-003` for a
    ///   file that cannot be opened, `E-RUN-005` for a pipe.
    /// - Parameters:
    ///   - stored: exports that the workspace has: they stand for the sources that `paths` does not name.
    ///   - hashing: `false` leaves `sha256` empty, for a run that keeps nothing and reads each file once.
    init(_ book: RuleBook, paths: [String: String], stored: [Batch] = [], hashing: Bool = true) throws {
        let names = book.sources.map(\.profile.name)
        for name in paths.keys.sorted() where !names.contains(name) { throw Self.unknown(name, book) }
        var inputs: [Input] = []
        var leftOut: [String] = []
        for plan in book.sources {
            if paths[plan.profile.name] == nil,
                let batch = stored.first(where: { $0.source == plan.profile.name && $0.holds(plan, book) })
            {
                inputs.append(Input(plan: plan, path: batch.file.path, sha256: batch.file.sha256, batch: batch))
                continue
            }
            guard let path = paths[plan.profile.name] ?? plan.path else {
                leftOut.append(plan.profile.name)
                continue
            }
            inputs.append(Input(plan: plan, path: path, sha256: try Self.digest(path, hashing)))
        }
        guard !inputs.isEmpty else {
            throw Failure(
                .badInput, code: "E-RUN-002", Text(en: "no source has a file", zh: "没有任何来源给出文件"),
                at: Place(file: book.path),
                advice: Text(
                    en: "Give one on the command line: \(names.first ?? "SOURCE")=PATH.",
                    zh: "请在命令行给出：\(names.first ?? "来源")=路径。"))
        }
        self.inputs = inputs
        self.leftOut = leftOut
    }

    /// Exports as a workspace has them.
    ///
    /// - Parameter batches: at most one of a source.
    /// - Throws: `E-RUN-006` when the rule book reads none of them, or a field of a source that was not stored.
    init(_ book: RuleBook, batches: [Batch]) throws {
        var inputs: [Input] = []
        var leftOut: [String] = []
        for plan in book.sources {
            guard let batch = batches.first(where: { $0.source == plan.profile.name }) else {
                leftOut.append(plan.profile.name)
                continue
            }
            if let field = batch.missing(plan, book).first {
                throw Failure(
                    .notDone, code: "E-RUN-006",
                    Text(
                        en: "the rule book reads \(field) of \(batch.source), which the workspace does not hold",
                        zh: "规则文件读取来源 \(batch.source) 的 \(field)，而工作区中没有该字段"), at: Place(file: book.path),
                    advice: Text(en: "Run “qingku clean” with the exports.", zh: "请用导出文件运行 qingku clean。"))
            }
            inputs.append(Input(plan: plan, path: batch.file.path, sha256: batch.file.sha256, batch: batch))
        }
        guard !inputs.isEmpty else {
            throw Failure(
                .notDone, code: "E-RUN-006",
                Text(en: "the workspace holds no export of the rule book's sources", zh: "工作区中没有规则文件所列来源的导出"),
                at: Place(file: book.path),
                advice: Text(en: "Run “qingku clean” with the exports.", zh: "请用导出文件运行 qingku clean。"))
        }
        self.inputs = inputs
        self.leftOut = leftOut
    }

    static func unknown(_ source: String, _ book: RuleBook) -> Failure {
        let names = book.sources.map(\.profile.name)
        return Failure(
            .badInput, code: "E-RUN-001",
            Text(en: "the rule book has no source “\(source)”", zh: "规则文件中没有来源“\(source)”"),
            at: Place(file: book.path),
            advice: Text(
                en: "Its sources are: \(names.joined(separator: ", ")).",
                zh: "其中的来源有：\(names.joined(separator: "、"))。"))
    }

    private static func digest(_ path: String, _ hashing: Bool) throws -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue,
            FileManager.default.isReadableFile(atPath: path)
        else { throw unreadable(path) }
        let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let type = try? FileManager.default.attributesOfItem(atPath: resolved)[.type] as? FileAttributeType
        guard type == .typeRegular else {
            throw Failure(
                .badInput, code: "E-RUN-005",
                Text(en: "this is a pipe or a device, not a file", zh: "这是管道或设备，不是文件"), at: Place(file: path),
                advice: Text(
                    en: "Save the export to a file first: it is read more than once, to recognise it again.",
                    zh: "请先把导出内容存为文件：为便于再次识别，文件会被多次读取。"))
        }
        if !hashing { return "" }
        guard let digest = FileDigest(ofFile: path) else { throw unreadable(path) }
        return digest.sha256
    }

    private static func unreadable(_ path: String) -> Failure {
        .unreadable(
            path,
            advice: Text(
                en: "Check the path; paths of a rule book count from its own folder.",
                zh: "请检查路径；规则文件中的路径以规则文件所在文件夹为准。"))
    }
}

extension Batch {
    /// Fields that a rule book reads of the source and that were not stored.
    fileprivate func missing(_ plan: SourcePlan, _ book: RuleBook) -> [String] {
        let stored = Set(fields)
        return plan.mappings.map { book.schema.fields[$0.field].name }.filter { !stored.contains($0) }
    }

    fileprivate func holds(_ plan: SourcePlan, _ book: RuleBook) -> Bool { missing(plan, book).isEmpty }
}
