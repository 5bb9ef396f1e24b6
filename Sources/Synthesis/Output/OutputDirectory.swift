import Glibc
import Records

/// The folder a synthetic set is written to. It must be new or empty, or hold an older synthetic set and nothing else.
enum OutputDirectory {
    static let summaryName = "summary.json"
    /// Stands in `summary.json` and tells our sets from other files of the same names.
    static let mark = "qingku synthesize"

    /// Makes the folder of the exports, and that of truth and summary when it is another one, ready for files of these
    /// names. With `overwriting` such files are replaced whatever they are, and other files stay.
    static func prepare(
        exports directory: String, _ exportNames: [String], truth truthDirectory: String,
        _ truthNames: [String],
        overwriting: Bool
    ) throws {
        try create(directory)
        try create(truthDirectory)
        if overwriting { return }
        let isOurs = hasMark("\(truthDirectory)/\(summaryName)")
        if truthDirectory == directory {
            return try check(directory, exportNames + truthNames, isOurs)
        }
        var expected = exportNames
        if truthDirectory.hasPrefix(directory + "/") {
            let below = truthDirectory.dropFirst(directory.count).split(separator: "/").first
            if let below { expected.append(String(below)) }
        }
        try check(
            directory, expected, isOurs || names(in: directory).allSatisfy { !exportNames.contains($0) })
        try check(truthDirectory, truthNames, isOurs)
    }

    private static func check(_ path: String, _ expected: [String], _ isOurs: Bool) throws {
        let found = names(in: path).filter { name in
            !(name.hasSuffix(OutputFile.partSuffix)
                && expected.contains(String(name.dropLast(OutputFile.partSuffix.count))))
        }
        guard let name = found.first(where: { !isOurs || !expected.contains($0) }) else { return }
        throw Failure(
            .notDone, code: "E-SYN-002",
            Text(
                en: "the folder holds \(name), which is not of an earlier synthetic set",
                zh: "文件夹中已有 \(name)，不属于先前生成的数据"), at: Place(file: path),
            advice: Text(
                en: "Choose an empty folder, or add --force to replace the files of the same names.",
                zh: "请另选空文件夹，或加 --force 覆盖同名文件。"))
    }

    private static func create(_ path: String) throws {
        var partial = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            partial += part
            if mkdir(partial, 0o755) != 0 {
                let reason = errno
                if access(partial, F_OK) != 0 { throw failure(path, reason) }
            }
            partial += "/"
        }
        guard let directory = opendir(path) else { throw failure(path, errno) }
        closedir(directory)
    }

    /// In ascending order.
    private static func names(in path: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private static func hasMark(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var start = Bytes(repeating: 0, count: 256)
        let count = start.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        return count > 0
            && Bytes(start[..<count]).firstRange(of: Bytes("\"made_by\": \"\(mark)\"")) != nil
    }

    private static func failure(_ path: String, _ code: Int32) -> Failure {
        let reason = String(cString: strerror(code))
        return Failure(
            .storage, code: "E-SYN-005",
            Text(en: "cannot create or read the folder: \(reason)", zh: "无法创建或读取文件夹：\(reason)"),
            at: Place(file: path))
    }
}
