/// Paths in a rule book mean the same wherever the tool is started.
enum FolderPath {
    /// `../inputs/a.csv` in `rules/book.yaml` is `inputs/a.csv`; an absolute path stays.
    static func resolve(_ file: String, againstFolderOf book: String) -> String {
        if file.hasPrefix("/") { return file }
        guard let slash = book.lastIndex(of: "/") else { return file }
        let isAbsolute = book.hasPrefix("/")
        var parts: [Substring] = []
        for part in (book[..<slash] + "/" + file).split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else if part != ".." || !isAbsolute {
                parts.append(part)
            }
        }
        return (isAbsolute ? "/" : "") + parts.joined(separator: "/")
    }
}
