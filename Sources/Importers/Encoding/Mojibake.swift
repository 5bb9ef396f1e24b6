import Records

/// UTF-8 text that somebody read as GBK or Latin-1 and saved again as UTF-8: 姓名 turned into 濮撳悕 or å§“å.
///
/// Found when turning the text back gives UTF-8 nearly everywhere. It is reported, with the repair, and never done silently:
/// reading as GBK loses a byte of every odd run, so the right answer is a fresh export.
struct Mojibake {
    /// What the text was taken for, as iconv calls it.
    let encoding: String
    /// A damaged word and what it was, for the message.
    let example: (damaged: String, repaired: String)

    /// `text`: UTF-8, a bounded sample.
    init?(_ text: [UInt8]) {
        // 锟斤拷 would turn back into U+FFFD, which repairs nothing.
        let words = String(decoding: text, as: UTF8.self).split { $0.isASCII || $0 == "\u{FFFD}" }.prefix(2000)
            .filter { !$0.contains("锟斤拷") }
        guard !words.isEmpty else { return nil }
        for encoding in ["gb18030", "iso-8859-1", "cp1252"] {
            guard let converter = Iconv(from: "UTF-8", to: encoding) else { continue }
            var high = 0
            var good = 0
            var example: (String, String)?
            for word in words {
                let (bytes, stop) = converter.convert(Array(word.utf8))
                let count = bytes.withUnsafeBufferPointer { EncodingScore.UTF8Count($0) }
                let whole = 3 * count.long + (encoding == "gb18030" ? 0 : 2 * count.latin)
                high += stop == nil ? bytes.count : word.utf8.count
                good += stop == nil ? min(whole, bytes.count) : 0
                if example == nil, stop == nil, whole >= bytes.count, bytes.count > 1 {
                    example = (shown(word.utf8, limit: 24), shown(bytes, limit: 12))
                }
            }
            if let example, good * 10 >= high * 7 {
                self.encoding = encoding
                self.example = example
                return
            }
        }
        return nil
    }

    var message: Text {
        Text(
            en: """
                The text is UTF-8 that was read as \(encoding) and saved again: “\(example.damaged)” was \
                “\(example.repaired)”. Nothing was changed. Ask for a fresh export; or try \
                `iconv -f utf-8 -t \(encoding) FILE > REPAIRED` and read that as utf-8.
                """,
            zh: """
                文本原为 UTF-8，被误按 \(encoding) 读取后又存成 UTF-8：“\(example.damaged)”本来是“\(example.repaired)”。\
                程序未作改动。请重新导出；或试用 `iconv -f utf-8 -t \(encoding) 文件 > 修复后文件`，再按 utf-8 读取。
                """)
    }
}
