package import Records

extension NormalizationStep {
    /// Words and marks that offices enter where nothing is known become the empty text.
    ///
    /// 同上 ("as above") is one of them: what stood above is not known any more, and taken as a value it would make strangers
    /// agree. Zero is a value of a `number` and of a `text`, and a name such as Null or Nan, so written, is a name. What is
    /// taken for missing stands in `changes.csv`.
    package static func placeholder(for kind: FieldKind) -> NormalizationStep {
        NormalizationStep(
            "placeholder",
            Text(
                en: "Takes words that stand for \"not known\" (不详, 未填, NULL, N/A, -) as missing.",
                zh: "把表示“没有”的填写（不详、未填、NULL、N/A、- 等）视为缺失。")
        ) { Placeholder.isPlaceholder($0, kind) ? "" : $0 }
    }
}

package enum Placeholder {
    /// Whether a cell, as it stands in an export, says "not known"; an empty one does not.
    package static func stands(in cell: UnsafeBufferPointer<UInt8>, _ kind: FieldKind) -> Bool {
        guard !cell.isEmpty, isPossible(cell) else { return false }
        return isPlaceholder(String(decoding: cell, as: UTF8.self), kind)
    }

    /// `text` has passed the steps up to `blanks`.
    static func isPlaceholder(_ text: String, _ kind: FieldKind) -> Bool {
        guard text.utf8.count <= 40 else { return false }
        let scalars = text.unicodeScalars
        if scalars.allSatisfy(isFiller) { return true }
        if scalars.allSatisfy({ $0 == "0" }) {
            return kind != .number && kind != .text && (scalars.count == 1 || scalars.count >= 6)
        }
        if kind == .date, scalars.allSatisfy({ $0 == "0" || isFiller($0) }) { return true }
        let core = String(
            scalars: scalars.drop { opening.contains($0) }.reversed().drop { closing.contains($0) }.reversed())
        let word = core.folded.dropping { $0 == " " || $0 == "." }
        guard words.contains(word) else { return kind.isName && nameWords.contains(word) }
        return !(kind.isName && isAlsoAName(core, kind))
    }

    /// Could these bytes be a placeholder? Never says no of one; a yes is for the full look to decide.
    static func isPossible(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = bytes.first, bytes.count <= 40 else { return bytes.isEmpty }
        if first < 0x80 {
            // A digit from 1 to 9 is in no placeholder; of the words only those that begin alike get the full look.
            if first >= 0x31, first <= 0x39 || !asciiHeads[Int(first)] && first != 0x30 { return false }
            if isLetter(first), bytes.count >= 3, isLetter(bytes[1]), isLetter(bytes[2]) {
                return wordHeads.contains { $0 == (bytes[0] | 0x20, bytes[1] | 0x20, bytes[2] | 0x20) }
            }
            return !bytes.contains { $0 >= 0x31 && $0 <= 0x39 }
        }
        guard bytes.count >= 3 else { return true }
        let head = UInt32(first) << 16 | UInt32(bytes[1]) << 8 | UInt32(bytes[2])
        return bytes.count <= 18 && hanHeads.contains(head)
    }

    /// Without letters or digits, a text of these says nothing.
    private static func isFiller(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E, 0xB7, 0xD7, 0x2010...0x2015, 0x2022, 0x2026, 0x25A1,
            0x25CB, 0x3001, 0x3002, 0x3010, 0x3011, 0xFFFD:
            true
        default: false
        }
    }

    private static let opening: Set<Unicode.Scalar> = ["(", "[", "{", "<", "【", "\"", "'", "-", "#"]
    private static let closing: Set<Unicode.Scalar> = [")", "]", "}", ">", "】", "\"", "'", "-", "!", "。"]

    /// In lower case, without blanks and full stops.
    private static let words: Set<String> = [
        "无", "無", "不详", "不詳", "未详", "未填", "未填写", "未知", "不明", "暂无", "暫無", "空", "空值", "空白", "缺", "缺失", "没有", "待补",
        "待补充", "待填", "待填写", "待定", "待查", "待核实", "未提供", "未登记", "未采集", "未录入", "未定", "无数据", "无资料", "无信息", "不清楚", "不清",
        "不知道", "不知", "保密", "拒填", "拒答", "略", "同上", "不适用", "佚名",
        "null", "none", "nil", "n/a", "na", "nan", "n/k", "unknown", "unk", "missing", "notavailable", "notknown",
        "notapplicable", "notprovided", "notstated", "undefined", "blank", "empty", "tbd", "tba", "\\n", "xxx", "xxxx",
    ]

    private static let nameWords: Set<String> = ["无名氏", "無名氏", "无名", "某某", "某", "某某某"]

    /// Jennifer Null exists. Machines write `null`, `NULL`, `NaN`, `None`; people write `Null`, `Nan`, `Na`.
    private static func isAlsoAName(_ core: String, _ kind: FieldKind) -> Bool {
        switch core {
        case "Null", "Nan", "Nil", "Blank", "NAN", "Empty", "Na": true
        case "NA", "na": kind != .personName
        default: false
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    /// The first three letters of the words that have as many; in shorter ones something else follows.
    private static let wordHeads: [(UInt8, UInt8, UInt8)] = words.sorted().compactMap { word in
        let bytes = Array(word.utf8)
        return bytes.count >= 3 && bytes[..<3].allSatisfy(isLetter) ? (bytes[0], bytes[1], bytes[2]) : nil
    }

    private static let asciiHeads: [Bool] = {
        var heads = (0..<128).map { !(Unicode.Scalar(UInt8($0)).isASCIILetter || Unicode.Scalar(UInt8($0)).isDigit) }
        for word in words {
            guard let first = word.utf8.first, first < 0x80 else { continue }
            heads[Int(first)] = true
            heads[Int(first & ~0x20)] = true
        }
        return heads
    }()

    private static let hanHeads: Set<UInt32> = Set(
        words.union(nameWords).union(["【", "。", "、", "—", "…", "•"]).compactMap { word in
            let bytes = Array(word.utf8.prefix(3))
            return bytes.count == 3 ? UInt32(bytes[0]) << 16 | UInt32(bytes[1]) << 8 | UInt32(bytes[2]) : nil
        })
}

extension FieldKind {
    var isName: Bool { self == .personName || self == .givenName || self == .surname }
}
