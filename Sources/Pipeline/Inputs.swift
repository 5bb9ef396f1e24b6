import Crypto
import Foundation
import Importers
import Records
import Rules

/// The exports that take part in a run, and the sources that do not.
struct Inputs {
    struct Input {
        let plan: SourcePlan
        let path: String
        /// Hex, lower case, of the bytes as they lie there now.
        let sha256: String
    }

    let inputs: [Input]
    /// Sources of the rule book without a path there or on the command line.
    let leftOut: [String]

    /// - Throws: `E-RUN-001` for a source the rule book does not have, `E-RUN-002` when none is left, `E-RUN-003` for a
    ///   file that cannot be opened.
    init(_ book: RuleBook, paths: [String: String]) throws {
        let names = book.sources.map(\.profile.name)
        for name in paths.keys.sorted() where !names.contains(name) {
            throw Failure(
                .badInput, code: "E-RUN-001",
                Text(en: "the rule book has no source “\(name)”", zh: "规则文件中没有来源“\(name)”"),
                at: Place(file: book.path),
                advice: Text(
                    en: "Its sources are: \(names.joined(separator: ", ")).",
                    zh: "其中的来源有：\(names.joined(separator: "、"))。"))
        }
        var inputs: [Input] = []
        var leftOut: [String] = []
        for plan in book.sources {
            guard let path = paths[plan.profile.name] ?? plan.path else {
                leftOut.append(plan.profile.name)
                continue
            }
            inputs.append(Input(plan: plan, path: path, sha256: try Self.digest(path)))
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

    private static func digest(_ path: String) throws -> String {
        guard let file = FileHandle(forReadingAtPath: path) else { throw unreadable(path) }
        defer { try? file.close() }
        var hash = SHA256()
        do {
            while let chunk = try file.read(upToCount: 1 << 20), !chunk.isEmpty { hash.update(data: chunk) }
        } catch {
            throw unreadable(path)
        }
        return hash.finalize().hex
    }

    private static func unreadable(_ path: String) -> Failure {
        Failure(
            .badInput, code: "E-RUN-003",
            Text(en: "there is no such file, or it cannot be read", zh: "文件不存在或无法读取"), at: Place(file: path),
            advice: Text(
                en: "Check the path; paths of a rule book count from its own folder.",
                zh: "请检查路径；规则文件中的路径以规则文件所在文件夹为准。"))
    }
}

extension Digest {
    /// Lower-case hex.
    var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
