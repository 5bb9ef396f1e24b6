import Foundation

/// Paths in a rule book mean the same wherever the tool is started.
enum FolderPath {
    /// How a rule book at `book` names the file at `file`, both as seen from the current folder.
    static func relative(_ file: String, toFolderOf book: String) -> String {
        if file.hasPrefix("/") != book.hasPrefix("/") && file.hasPrefix("/") { return file }
        let target = absolute(file)
        let folder = absolute(book).dropLast()
        let shared = zip(target, folder).prefix { $0 == $1 }.count
        let steps = Array(repeating: "..", count: folder.count - shared) + target.dropFirst(shared)
        return steps.joined(separator: "/")
    }

    private static func absolute(_ path: String) -> [String] {
        let whole = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        return resolve(whole, againstFolderOf: "").split(separator: "/").map(String.init)
    }

    /// `../inputs/a.csv` in `rules/book.yaml` is `inputs/a.csv`; an absolute path stays.
    static func resolve(_ file: String, againstFolderOf book: String) -> String {
        if file.hasPrefix("/") { return normal(file) }
        guard let slash = book.lastIndex(of: "/") else { return file }
        return normal(book[..<slash] + "/" + file)
    }

    /// Without `.` and without `name/..`.
    private static func normal(_ path: some StringProtocol) -> String {
        let isAbsolute = path.hasPrefix("/")
        var parts: [Substring] = []
        for part in String(path).split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else if part != ".." || !isAbsolute {
                parts.append(part)
            }
        }
        return (isAbsolute ? "/" : "") + parts.joined(separator: "/")
    }
}
