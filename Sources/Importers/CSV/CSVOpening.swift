import Records

/// What has to be known of a CSV file before its first record is read: encoding and dialect, stated or found from its start.
struct CSVOpening {
    let encoding: TextEncoding
    let markLength: Int
    let dialect: DialectGuess
    /// What was found from the data and not stated, sorted.
    let guessed: [String]
    let mojibake: Mojibake?

    init(_ source: ByteSource, plan: SourcePlan?, log: inout IssueLog) throws {
        try ForeignFile.refuse(source)
        let file = source.path
        let sample = try Self.encodingSample(source)
        let guess = EncodingGuess(sample.bytes, isWhole: sample.isWhole)
        let mark = EncodingGuess.byteOrderMark(source.head)
        let encoding = try Self.encoding(plan?.encoding, guess, mark?.0, sample.bytes, file: file, log: &log)
        let markLength = mark.map { $0.0 == encoding ? $0.1 : 0 } ?? 0
        guard
            let text = TextDecoder.text(source.head, encoding, skipping: markLength, isWhole: source.isHeadAll)
        else { throw Self.noConverter(encoding, file) }
        try Self.refuseXML(text, file)
        let mojibake = encoding == .utf8 ? Mojibake(text) : nil
        if let mojibake { log.add("mojibake", .error, mojibake.message) }
        if mark?.2 == true {
            log.add(
                "doubled-byte-order-mark", .info,
                Text(
                    en: "The file begins with more than one byte order mark; all are skipped.",
                    zh: "文件开头有多个字节顺序标记，均已跳过。"))
        }
        let names = (plan?.mappings.map(\.path) ?? []) + (plan?.recordID.map { [$0] } ?? [])
        let dialect = try DialectGuess(
            text, isWhole: source.isHeadAll, delimiter: plan?.delimiter, quote: plan?.quote, hasHeader: plan?.hasHeader,
            names: names.map(trimmedHeader))
        if let other = dialect.runnerUp {
            log.add(
                "ambiguous-dialect", .warning, line: 1,
                Text(
                    en: """
                        The delimiter was taken to be \(Self.name(dialect.delimiter)), but \(Self.name(other)) fits nearly as \
                        well. State `delimiter` in the rule book.
                        """,
                    zh: """
                        分隔符按 \(Self.name(dialect.delimiter)) 处理，但 \(Self.name(other)) 几乎同样合适。请在规则文件中写明 delimiter。
                        """))
        }
        if dialect.headers.isEmpty || (dialect.headerIndex < 0 && !source.isHeadAll && dialect.rows.isEmpty) {
            throw Failure(
                .badInput, code: "E-CSV-004",
                Text(
                    en: "No row of a table is found in the first \(ByteSource.headSize / 1024) KiB.",
                    zh: "文件开头 \(ByteSource.headSize / 1024) KiB 内找不到表格行。"),
                at: Place(file: file, line: 1),
                advice: Text(
                    en: "Is this the right file? State `delimiter` and `encoding`.",
                    zh: "请确认文件是否正确，并写明 delimiter 和 encoding。"))
        }
        self.encoding = encoding
        self.markLength = markLength
        self.dialect = dialect
        self.guessed = (dialect.guessed + (plan?.encoding == nil ? ["encoding"] : [])).sorted()
        self.mojibake = mojibake
    }

    /// The head, or, when that is plain ASCII, the first place further on that is not.
    private static func encodingSample(_ source: ByteSource) throws -> (bytes: [UInt8], isWhole: Bool) {
        guard !source.isHeadAll, source.head.allSatisfy({ $0 < 0x80 && $0 != 0 }) else {
            return (source.head, source.isHeadAll)
        }
        var offset = source.head.count
        while let piece = try source.peek(at: offset), !piece.isEmpty {
            if let high = piece.firstIndex(where: { $0 >= 0x80 }) {
                return (try source.peek(at: offset + high) ?? piece, piece.count < ByteSource.headSize)
            }
            offset += piece.count
        }
        return (source.head, false)
    }

    private static func encoding(
        _ stated: String?, _ guess: EncodingGuess, _ mark: TextEncoding?, _ sample: [UInt8], file: String,
        log: inout IssueLog
    ) throws -> TextEncoding {
        guard let stated else {
            report(guess, log: &log)
            return mark ?? guess.encoding
        }
        let isUTF16 = [.utf16LE, .utf16BE].contains(mark ?? guess.encoding)
        if TextEncoding.isUnorderedUTF16(stated) { return isUTF16 ? mark ?? guess.encoding : .utf16LE }
        let encoding = try TextEncoding.named(stated, in: file)
        if let mark, mark != encoding { throw contradicted(stated, by: mark, file) }
        if mark == nil, encoding != guess.encoding, guess.score > 0.6, isHardlyText(sample, encoding) {
            throw contradicted(stated, by: guess.encoding, file)
        }
        if !guess.otherLines.isEmpty { report(guess, log: &log) }
        return encoding
    }

    /// More than a fifth of what is not ASCII is no character in `encoding`.
    private static func isHardlyText(_ sample: [UInt8], _ encoding: TextEncoding) -> Bool {
        guard var decoder = TextDecoder(encoding) else { return false }
        decoder.decode(sample)
        let high = String(decoding: decoder.output, as: UTF8.self).unicodeScalars.count { $0.value >= 0x80 }
        return encoding.unit == 2 || decoder.damage.count * 5 > high
    }

    private static func contradicted(_ stated: String, by found: TextEncoding, _ file: String) -> Failure {
        Failure(
            .badInput, code: "E-IMP-006",
            Text(
                en: "The rule book says the encoding is \(stated), but the bytes are \(found.name).",
                zh: "规则文件写明编码为 \(stated)，但文件实际是 \(found.name)。"),
            at: Place(file: file),
            advice: Text(en: "Set `encoding: \(found.name)`.", zh: "请改为 encoding: \(found.name)。"))
    }

    private static func report(_ guess: EncodingGuess, log: inout IssueLog) {
        if let other = guess.runnerUp {
            log.add(
                "ambiguous-encoding", .warning,
                Text(
                    en: """
                        The encoding was taken to be \(guess.encoding.name), but \(other.name) fits nearly as well. \
                        State `encoding` in the rule book.
                        """,
                    zh: "编码按 \(guess.encoding.name) 处理，但 \(other.name) 几乎同样合适。请在规则文件中写明 encoding。"))
        }
        if let first = guess.otherLines.first {
            log.add(
                "mixed-encodings", .error, line: first,
                Text(
                    en: """
                        Most lines are UTF-8, but \(guess.otherLines.count) of the first lines look like GB 18030, the first at \
                        line \(first). Their characters are shown as U+FFFD and not guessed; the office has to save the file in \
                        one encoding.
                        """,
                    zh: """
                        多数行是 UTF-8，但开头部分有 \(guess.otherLines.count) 行像是 GB18030，最先在第 \(first) 行。\
                        这些字符以 U+FFFD 代替，未作猜测；请该单位用同一编码保存文件。
                        """))
        }
    }

    private static func refuseXML(_ text: [UInt8], _ file: String) throws {
        let start = text.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        guard start.starts(with: "<?xml".utf8) else { return }
        throw Failure(
            .badInput, code: "E-IMP-004",
            Text(en: "The file is XML; the rule book says csv.", zh: "文件是 XML，规则文件写的是 csv。"), at: Place(file: file),
            advice: Text(en: "Set `format: xml`.", zh: "请改为 format: xml。"))
    }

    static func noConverter(_ encoding: TextEncoding, _ file: String) -> Failure {
        Failure(
            .badInput, code: "E-IMP-005",
            Text(
                en: "This system has no conversion table for \(encoding.name).", zh: "系统缺少 \(encoding.name) 的编码转换表。"),
            at: Place(file: file),
            advice: Text(
                en: "Install the C library's gconv modules, or convert the file to UTF-8.",
                zh: "请安装 C 库的 gconv 模块，或先将文件转换为 UTF-8。"))
    }

    static func name(_ delimiter: UInt8) -> String {
        delimiter == 0x09 ? "tab" : "“\(String(Unicode.Scalar(delimiter)))”"
    }
}
