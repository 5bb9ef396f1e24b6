import Foundation
import Glibc
import Records

/// A folder being made beside the one it will replace.
///
/// Delicate: names and order matter for what a killed process leaves. `.<name>.tmp-<pid>` is never complete or no longer
/// wanted and may be removed; `.<name>.old-<pid>` is a complete old folder, made only where the file system cannot
/// swap two names, and goes back when the folder itself is missing.
struct StagedFolder {
    let staging: String
    private let target: String
    private let parent: String
    private let retired: String

    init(replacing directory: String) throws {
        var path = directory
        while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
        let slash = path.lastIndex(of: "/")
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        guard !name.isEmpty, name != ".", name != ".." else {
            throw Failure(
                .badInput, code: "E-OUT-003",
                Text(
                    en: "“\(directory)” cannot be the folder of a run: it has no name of its own.",
                    zh: "“\(directory)”不能作为输出文件夹：没有自己的名称。"),
                advice: Text(en: "Give a folder name, such as out/run-1.", zh: "请给出文件夹名称，例如 out/run-1。"))
        }
        target = path
        parent = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let prefix = (parent == "/" ? "" : parent) + "/." + name
        staging = "\(prefix).tmp-\(getpid())"
        retired = "\(prefix).old-\(getpid())"

        try makeFolders(parent)
        try clearLeftovers(of: name)
        try refuseForeignFolder()
        guard mkdir(staging, 0o700) == 0 else { throw storageFailure(errno, staging) }
    }

    /// Only an empty folder or one that holds nothing but a run's files is replaced: whatever else lies there is not ours
    /// to remove.
    private func refuseForeignFolder() throws {
        if kind(of: target) == .other { throw notAFolder }
        guard kind(of: target) == .folder else { return }
        let own = filesOfRun()
        guard let example = entries(of: target).filter({ !own.contains($0) }).min() else { return }
        throw Failure(
            .badInput, code: "E-OUT-005",
            Text(
                en: "\(target) holds files that no run of qingku wrote, such as \(example); nothing was written.",
                zh: "\(target) 中有并非 qingku 写出的文件，如 \(example)，未写入任何内容。"),
            advice: Text(
                en: "Choose a new or empty folder with --out.", zh: "请用 --out 另选一个新的或空的文件夹。"))
    }

    /// The files and folders that the manifest there names, itself included; none without a manifest.
    private func filesOfRun() -> Set<String> {
        struct Manifest: Decodable {
            struct Output: Decodable {
                let file: String
            }

            let outputs: [Output]
        }
        guard let data = FileManager.default.contents(atPath: target + "/" + Outbox.manifestName),
            let manifest = try? JSONDecoder().decode(Manifest.self, from: data)
        else { return [] }
        let names = manifest.outputs.compactMap { $0.file.split(separator: "/").first.map(String.init) }
        return Set(names + [Outbox.manifestName])
    }

    private var notAFolder: Failure {
        Failure(
            .badInput, code: "E-OUT-004",
            Text(en: "\(target) is not a folder.", zh: "\(target) 不是文件夹。"),
            advice: Text(en: "Choose another --out.", zh: "请用 --out 另选位置。"))
    }

    func discard() {
        removeTree(staging)
    }

    /// Puts the staged folder in the place of the old one.
    func publish() throws {
        try synchronizeFolders(staging)
        switch kind(of: target) {
        case .missing:
            guard rename(staging, target) == 0 else { throw storageFailure(errno, target) }
        case .folder where exchange(staging, target):
            break
        case .folder:
            guard rename(target, retired) == 0 else { throw storageFailure(errno, target) }
            guard rename(staging, target) == 0 else {
                let error = errno
                rename(retired, target)
                throw storageFailure(error, target)
            }
        case .other: throw notAFolder
        }
        try synchronize(parent)
        removeTree(staging)
        removeTree(retired)
    }

    /// Removes what killed runs left, also under the number of an earlier one; puts an old folder back if a kill fell between two
    /// renames.
    private func clearLeftovers(of name: String) throws {
        let leftovers = entries(of: parent).sorted()
        for (suffix, isOld) in [(".old-", true), (".tmp-", false)] {
            for entry in leftovers {
                guard let (folder, process) = Self.leftover(entry, suffix),
                    folder == name || !isOld && Self.isNumbered(name) && Self.isNumbered(folder)
                else { continue }
                if process != getpid(), kill(process, 0) == 0 || errno == EPERM { continue }
                let path = parent + "/" + entry
                if isOld, kind(of: target) == .missing {
                    guard rename(path, target) == 0 else { throw storageFailure(errno, path) }
                } else {
                    removeTree(path)
                }
            }
        }
    }

    /// The folder that `.<folder>.tmp-<pid>` was to become, and whose it was.
    private static func leftover(_ entry: String, _ suffix: String) -> (folder: Substring, process: pid_t)? {
        guard entry.hasPrefix("."), let range = entry.range(of: suffix, options: .backwards),
            let process = pid_t(entry[range.upperBound...])
        else { return nil }
        return (entry[..<range.lowerBound].dropFirst(), process)
    }

    /// `run-0012`.
    private static func isNumbered(_ folder: some StringProtocol) -> Bool {
        folder.hasPrefix("run-") && folder.utf8.count >= 8 && folder.utf8.dropFirst(4).allSatisfy { 0x30...0x39 ~= $0 }
    }
}
