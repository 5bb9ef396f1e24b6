import Foundation
import Records

/// The bytes of a rule book and the text they are.
enum RuleBookFile {
    static func bytes(at path: String) throws -> Data {
        do {
            let handle = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? handle.close() }
            return try handle.read(upToCount: YAMLDocument.sizeLimit + 1) ?? Data()
        } catch {
            let problem = RuleProblem(
                .unreadable, at: Place(file: path),
                Text(
                    en: "The rule book cannot be read: \(reason(error)). Check the path and the permissions.",
                    zh: "无法读取规则文件：\(reason(error))。请检查路径和权限。"))
            throw RuleBookErrors(path: path, [problem])
        }
    }

    /// UTF-8, with or without byte order mark, at most 1 MiB.
    static func text(_ bytes: Data, path: String) throws -> String {
        if bytes.count > YAMLDocument.sizeLimit {
            throw RuleBookErrors(
                path: path,
                [
                    RuleProblem(
                        .notText, at: Place(file: path),
                        Text(
                            en: "Larger than 1 MiB: this is hardly a rule book. Was a data file named by mistake?",
                            zh: "超过 1 MiB，不像规则文件。是不是误写了数据文件？"))
                ])
        }
        var content = bytes[...]
        if content.starts(with: [0xEF, 0xBB, 0xBF]) { content = content.dropFirst(3) }
        if let text = String(validating: content, as: UTF8.self) { return text }
        throw RuleBookErrors(
            path: path,
            [
                RuleProblem(
                    .notText, at: Place(file: path, line: lineOfBadByte(content)),
                    Text(
                        en: "The rule book is not UTF-8 from this line on; save it as UTF-8.",
                        zh: "规则文件从这一行起不是 UTF-8；请另存为 UTF-8。"))
            ])
    }

    private static func lineOfBadByte(_ bytes: Data) -> Int {
        var line = 1
        for part in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if String(validating: part, as: UTF8.self) == nil { return line }
            line += 1
        }
        return line
    }

    private static func reason(_ error: any Error) -> String {
        let error = error as NSError
        let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
        guard underlying.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
        return String(cString: strerror(Int32(truncatingIfNeeded: underlying.code)))
    }
}
