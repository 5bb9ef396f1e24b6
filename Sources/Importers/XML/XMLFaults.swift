import Records

/// What ended a document early, in words.
enum XMLFaults {
    /// The reader's own refusals.
    static func failure(_ stop: XMLState.Stop, line: Int, file: String, limits: ImportLimits) -> Failure {
        let place = Place(file: file, line: line)
        switch stop {
        case .documentType:
            return Failure(
                .badInput, code: "E-XML-001",
                Text(
                    en:
                        "The document has a DOCTYPE. Exports need none, and it can make a reader open files or use up memory.",
                    zh: "文档含有 DOCTYPE。导出文件不需要它，而且它可能让读取程序打开其他文件或耗尽内存。"),
                at: place,
                advice: Text(
                    en: "Ask the office for an export without <!DOCTYPE …>, or delete that declaration.",
                    zh: "请该单位导出不含 <!DOCTYPE …> 的文件，或删除该声明。"))
        case .depth:
            return tooMuch(
                "E-XML-004",
                Text(en: "Elements are nested more than \(limits.depth) deep.", zh: "元素嵌套超过 \(limits.depth) 层。"), place)
        case .attributes:
            return tooMuch(
                "E-XML-004",
                Text(
                    en: "An element has more than \(limits.attributes) attributes.",
                    zh: "一个元素的属性超过 \(limits.attributes) 个。"), place)
        case .tag:
            return tooMuch(
                "E-XML-004",
                Text(en: "A start tag is longer than \(limits.tag) bytes.", zh: "一个开始标签超过 \(limits.tag) 字节。"), place)
        case .comment:
            return tooMuch(
                "E-XML-004",
                Text(
                    en: "A comment, processing instruction or entity reference is longer than \(limits.comment) bytes.",
                    zh: "一处注释、处理指令或实体引用超过 \(limits.comment) 字节。"), place)
        }
    }

    private static func tooMuch(_ code: String, _ message: Text, _ place: Place) -> Failure {
        Failure(
            .badInput, code: code, message, at: place,
            advice: Text(
                en: "No export of records looks like that; is this the right file?", zh: "正常的导出文件不会如此，请确认文件是否正确。"))
    }

    /// Bytes that are no characters in the document's encoding, by libxml2's error numbers: unknown and unsupported encoding,
    /// bad UTF-8, failed conversion.
    static func isEncoding(_ fault: XMLState.Fault) -> Bool {
        [31, 32, 81, 6003].contains(fault.code) || fault.message.contains("not proper UTF-8")
            || fault.message.contains("conv error")
    }

    /// `piece`: the bytes around the error, to find what encoding they really are.
    static func encodingFailure(
        _ fault: XMLState.Fault, declared: String, piece: ArraySlice<UInt8>, file: String
    ) -> Failure {
        let scores = EncodingGuess.scores(Array(piece))
        let other = scores.first { $0.encoding.name != declared && $0.score > 0.5 }
        let advice =
            other.map {
                Text(
                    en: "The bytes look like \($0.encoding.name): set `encoding: \($0.encoding.name)` for this source.",
                    zh: "这些字节像是 \($0.encoding.name)：请在该来源下写明 encoding: \($0.encoding.name)。")
            }
            ?? Text(
                en: "State the file's real encoding as `encoding:` of this source, or ask for a fresh export.",
                zh: "请在该来源下用 encoding: 写明真实编码，或请该单位重新导出。")
        return Failure(
            .badInput, code: "E-XML-003",
            Text(
                en:
                    "The file is read as \(declared), but here are bytes that are no characters of it. Nothing is replaced silently.",
                zh: "文件按 \(declared) 读取，但此处的字节不符合该编码。程序不会擅自替换字符。"),
            at: Place(file: file, line: fault.line, column: fault.column > 0 ? fault.column : nil), advice: advice)
    }

    /// Why the document is not well-formed. libxml2 words a cut-off file as “extra content”.
    static func message(_ fault: XMLState.Fault, innermost: (name: String, line: Int)?, hasRoot: Bool) -> Text {
        if !hasRoot, [4, 5].contains(fault.code) {
            return Text(en: "The document has no element.", zh: "文档中没有任何元素。")
        }
        if let innermost, isEnd(fault) {
            return Text(
                en: "The file ends inside <\(innermost.name)>, which opened on line \(innermost.line): it was cut off.",
                zh: "文件在 <\(innermost.name)>（第 \(innermost.line) 行打开）之内结束：文件不完整。")
        }
        let reason = shown(fault.message.utf8)
        return Text(en: "The XML is not well-formed: \(reason).", zh: "XML 格式不正确：\(reason)。")
    }

    /// libxml2's numbers for an end that came too early: 5 end of document, 74 and 77 unfinished tag.
    static func isEnd(_ fault: XMLState.Fault) -> Bool { [5, 74, 77].contains(fault.code) }
}
