import Foundation
import Importers
import Records
import Rules
import Workspace

/// A folder that offices put their exports in, and what of it can be taken.
struct WatchedFolder {
    /// Path by source.
    private(set) var paths: [String: String] = [:]
    /// Files that are not complete yet, and why.
    private(set) var waiting: [Text] = []

    /// Endings of files that something is still being written to, or that are no exports.
    private static let others = ["sha256", "tmp", "part", "partial", "filepart", "crdownload", "swp", "lock"]

    /// A file is a source's when it is named as the rule book's file, or begins with the name of the source and goes on with
    /// something else than a letter: `registry.csv`, `registry-2026-11-22.csv`. The newest of a source counts.
    ///
    /// A file is complete when it has not been written to for `settle` seconds, and has the digest that a file of its name with
    /// `.sha256` behind it says, where there is one.
    ///
    /// - Throws: `E-SCH-005` when the folder cannot be read.
    init(_ folder: String, _ book: RuleBook, settle: Int, now: Date) throws {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw Failure(
                .badInput, code: "E-SCH-005",
                Text(en: "the watched folder cannot be read", zh: "无法读取监视的文件夹"), at: Place(file: folder),
                advice: Text(en: "Check that it is there and may be read.", zh: "请确认其存在且可读。"))
        }
        for plan in book.sources {
            let source = plan.profile.name
            let ours = plan.path.map { ($0 as NSString).lastPathComponent }
            let files = names.filter { Self.isExport($0) && (Self.name($0, isOf: source) || $0 == ours) }
                .compactMap { File(folder + "/" + $0) }.sorted { ($0.modified, $0.path) > ($1.modified, $1.path) }
            guard let newest = files.first else { continue }
            if let reason = newest.unfinished(settle: settle, now: now) {
                waiting.append(reason)
            } else {
                paths[source] = newest.path
            }
        }
    }

    private static func isExport(_ name: String) -> Bool {
        !name.hasPrefix(".") && !name.hasSuffix("~") && !others.contains((name as NSString).pathExtension.lowercased())
    }

    private static func name(_ name: String, isOf source: String) -> Bool {
        guard name.hasPrefix(source) else { return false }
        return name.dropFirst(source.count).first.map { !$0.isLetter } ?? true
    }

    private struct File {
        let path: String
        let modified: Date
        let size: Int

        /// `nil` for anything but a file.
        init?(_ path: String) {
            guard let facts = try? FileManager.default.attributesOfItem(atPath: path),
                facts[.type] as? FileAttributeType == .typeRegular, let modified = facts[.modificationDate] as? Date,
                let size = facts[.size] as? Int
            else { return nil }
            (self.path, self.modified, self.size) = (path, modified, size)
        }

        func unfinished(settle: Int, now: Date) -> Text? {
            let name = (path as NSString).lastPathComponent
            if now.timeIntervalSince(modified) < Double(settle) {
                return Text(
                    en: "\(name) was written to less than \(settle) seconds ago", zh: "\(name) 在 \(settle) 秒内仍有写入")
            }
            if size == 0 { return Text(en: "\(name) is empty", zh: "\(name) 为空") }
            guard let text = try? String(contentsOfFile: path + ".sha256", encoding: .utf8) else { return nil }
            let wanted = text.prefix { !$0.isWhitespace }.lowercased()
            guard let digest = FileDigest(ofFile: path)?.sha256, digest == wanted else {
                return Text(en: "\(name) is not what \(name).sha256 says", zh: "\(name) 与 \(name).sha256 不符")
            }
            return nil
        }
    }
}
