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

    /// A file is a source's when it is named as the rule book's file, or has an ending of the source's format and begins with
    /// the name of the source, then nothing else or one of `-`, `_`, `.` and a blank: `registry.csv`, `registry-2026-11-22.csv`.
    /// Of two sources whose names fit, the longer one's it is. The newest of a source counts.
    ///
    /// A file is complete when it has not been written to for `settle` seconds, and has the digest that a file of its name with
    /// `.sha256` behind it says, where there is one.
    ///
    /// Of exports of changes the oldest that was not taken in comes first: each builds on the one before. What waits behind it
    /// is said.
    ///
    /// - Parameters:
    ///   - takenBack: digests of exports that somebody took back, by source: they do not come back by themselves.
    ///   - takenIn: exports that the workspace has, by source.
    /// - Throws: `E-SCH-005` when the folder cannot be read.
    init(
        _ folder: String, _ book: RuleBook, settle: Int, now: Date, takenBack: [String: Set<String>] = [:],
        takenIn: [String: [Batch]] = [:]
    ) throws {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw Failure(
                .badInput, code: "E-SCH-005",
                Text(en: "the watched folder cannot be read", zh: "无法读取监视的文件夹"), at: Place(file: folder),
                advice: Text(en: "Check that it is there and may be read.", zh: "请确认其存在且可读。"))
        }
        let files = names.filter(Self.isExport).compactMap { File(folder + "/" + $0) }
        let owners = files.map { Self.owner(of: ($0.path as NSString).lastPathComponent, book) }
        for plan in book.sources {
            let source = plan.profile.name
            let own = zip(files, owners).filter { $0.1 == source }.map(\.0)
            if plan.holdsChangesOnly {
                takeOldest(own, of: source, settle: settle, now: now, takenBack: takenBack, takenIn: takenIn)
                continue
            }
            for file in own.sorted(by: { ($0.modified, $0.path) > ($1.modified, $1.path) }) {
                if let reason = file.unfinished(settle: settle, now: now) {
                    waiting.append(reason)
                } else if let digests = takenBack[source], let digest = FileDigest(ofFile: file.path)?.sha256,
                    digests.contains(digest)
                {
                    let name = (file.path as NSString).lastPathComponent
                    waiting.append(Text(en: "\(name) was taken back", zh: "\(name) 曾被撤销"))
                    continue
                } else {
                    paths[source] = file.path
                }
                break
            }
        }
    }

    private mutating func takeOldest(
        _ files: [File], of source: String, settle: Int, now: Date, takenBack: [String: Set<String>],
        takenIn: [String: [Batch]]
    ) {
        let (back, known) = (takenBack[source] ?? [], Dictionary(grouping: takenIn[source] ?? [], by: \.file.sha256))
        var (last, lastName): (Batch?, String) = (nil, "")
        func isDone(_ file: File) -> Bool {
            guard let digest = FileDigest(ofFile: file.path)?.sha256 else { return false }
            let name = (file.path as NSString).lastPathComponent
            let batch = (known[digest] ?? []).last { $0.file.name == name }
            if let batch { (last, lastName) = (batch, name) }
            return batch != nil || back.contains(digest)
        }
        var behind = 0
        let sorted = files.sorted { ($0.modified, $0.path) < ($1.modified, $1.path) }
        for file in sorted {
            if isDone(file) { continue }
            if paths[source] != nil {
                behind += 1
            } else if let reason = file.unfinished(settle: settle, now: now) {
                // What comes after it builds on it.
                waiting.append(reason)
                return
            } else {
                paths[source] = file.path
            }
        }
        // The office may have delivered the same changes again, or meant an export that it forgot to name anew.
        if paths[source] == nil, let last, let newest = takenIn[source]?.last, last.id != newest.id {
            waiting.append(
                Text(
                    en: "\(lastName) holds what batch \(last.id) brought; if it is a new export, give it another name",
                    zh: "\(lastName) 与第 \(last.id) 批内容相同；若为新的导出，请换一个文件名"))
        }
        if behind > 0 {
            waiting.append(
                Text(
                    en: "\(source): \(behind) later exports of changes wait for the next run",
                    zh: "\(source)：另有 \(behind) 个后续变更导出等待下次运行"))
        }
    }

    private static func isExport(_ name: String) -> Bool {
        !name.hasPrefix(".") && !name.hasSuffix("~") && !others.contains((name as NSString).pathExtension.lowercased())
    }

    /// The source that a file is of; `nil` for none.
    private static func owner(of name: String, _ book: RuleBook) -> String? {
        if let plan = book.sources.first(where: { ($0.path as NSString?)?.lastPathComponent == name }) {
            return plan.profile.name
        }
        let ending = (name as NSString).pathExtension.lowercased()
        let fitting = book.sources.filter { plan in
            let source = plan.profile.name
            let rest = name.dropFirst(source.count)
            return name.hasPrefix(source) && (rest.first.map { "-_. ".contains($0) } ?? true)
                && endings(of: plan).contains(ending)
        }
        return fitting.map(\.profile.name).max { $0.count < $1.count }
    }

    private static func endings(of plan: SourcePlan) -> [String] {
        switch plan.format {
        case .csv: ["csv", "txt", "tsv", "dat"]
        case .xml: ["xml"]
        }
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
