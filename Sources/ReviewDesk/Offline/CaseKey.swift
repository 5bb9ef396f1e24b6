import Crypto
import Foundation
import Pipeline
import Records
import Workspace

/// What a row of an offline workbook is about, signed: the run, the pair with its records, what stood of it when the workbook
/// was made, and the cells that people were shown.
struct CaseKey: Hashable {
    let run: Int
    let pair: Int
    let a: Int64
    let b: Int64
    let state: DeskPair.State
    /// Decisions that had been made on the two by then, those taken back among them.
    let said: Int

    private var plain: String { "\(run)-\(pair)-\(a)-\(b)-\(state.rawValue)-\(said)" }

    /// - Parameter cells: as the sheet shows them.
    func text(_ cells: [String], _ key: SymmetricKey) -> String { plain + "-" + mac(cells, key) }

    private func mac(_ cells: [String], _ key: SymmetricKey) -> String {
        let shown = cells.map { CaseKey.plain($0) }.joined(separator: "\u{1F}")
        let code = HMAC<SHA256>.authenticationCode(for: Data("qingku/case/v1\n\(plain)\n\(shown)".utf8), using: key)
        return Hex.text(Array(code).prefix(16))
    }

    /// As a program that saved the sheet again may have it.
    private static func plain(_ cell: String) -> String {
        cell.replacing("\r\n", with: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// - Returns: `nil` for what is no such key, or was not made by this workspace of these cells.
    init?(_ text: String, _ cells: [String], _ key: SymmetricKey) {
        let parts = text.trimmingCharacters(in: .whitespaces).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 7, let run = Int(parts[0]), let pair = Int(parts[1]), let a = Int64(parts[2]),
            let b = Int64(parts[3]), let number = Int(parts[4]), let state = DeskPair.State(rawValue: number),
            let said = Int(parts[5])
        else { return nil }
        self.init(run: run, pair: pair, a: a, b: b, state: state, said: said)
        guard Secret.isSame(mac(cells, key), String(parts[6])) else { return nil }
    }

    init(run: Int, pair: Int, a: Int64, b: Int64, state: DeskPair.State, said: Int) {
        (self.run, self.pair, self.a, self.b, self.state, self.said) = (run, pair, a, b, state, said)
    }
}

/// The key that signs the rows: a file of the workspace (0600), made with the first workbook. Whoever has it could make rows;
/// what they say would still be said under their name and be in the trail.
enum CaseKeyFile {
    private static let size = 32

    /// - Throws: `E-XLS-003` when others may read it, `E-XLS-004` when it is none, `E-XLS-015` when there is none yet.
    static func load(_ workspace: String, makes: Bool) throws -> SymmetricKey {
        let path = workspace + "/cases.key"
        if makes, !FileManager.default.fileExists(atPath: path) {
            let bytes = (0..<size).map { _ in UInt8.random(in: .min ... .max) }
            try PrivateFile.write(Array((Data(bytes).base64EncodedString() + "\n").utf8), to: path)
        }
        guard let mode = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int,
            let data = FileManager.default.contents(atPath: path)
        else {
            throw Failure(
                .notDone, code: "E-XLS-015",
                Text(en: "no workbook was made from this workspace", zh: "本工作区尚未导出过工作簿"), at: Place(file: path),
                advice: Text(
                    en: "Export one first: qingku review --export cases.xlsx",
                    zh: "请先导出：qingku review --export cases.xlsx"))
        }
        guard mode & 0o077 == 0 else {
            throw Failure(
                .notPermitted, code: "E-XLS-003",
                Text(en: "others may read the key that signs workbooks", zh: "签署工作簿的密钥可被其他用户读取"), at: Place(file: path),
                advice: Text(en: "chmod 600 \(path)", zh: "请运行 chmod 600 \(path)"))
        }
        let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard let bytes = Data(base64Encoded: text), bytes.count == size else {
            throw Failure(
                .badInput, code: "E-XLS-004", Text(en: "this is no key", zh: "这不是密钥"), at: Place(file: path),
                advice: Text(en: "Put the right file back.", zh: "请放回正确的文件。"))
        }
        return SymmetricKey(data: bytes)
    }
}
