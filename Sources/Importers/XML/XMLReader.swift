import CLibXML2

/// libxml2's push parser, fed with bytes and nothing else: it never sees a path, an address or a compressed stream.
///
/// Delicate, change together: the options (`NOENT`, `DTDLOAD`, `DTDATTR`, `HUGE` and `RECOVER` stay off), the loader of
/// external entities, which always fails, and `internalSubset`, which stops at any DOCTYPE. libxml2 2.9 has no other guard.
final class XMLReader {
    private let context: xmlParserCtxtPtr
    private let state: UnsafeMutablePointer<XMLState>
    private var skip: Int
    /// The piece last given to the parser: where an error in the encoding lies.
    private(set) var lastPiece: ArraySlice<UInt8> = []
    private static let pieceSize = 64 << 10

    /// `nil` when memory is out or libxml2 does not know the encoding.
    init?(encoding: XMLEncoding?, limits: ImportLimits = .standard, survey: XMLSurvey?) {
        Self.prepare
        qingku_xml_silence()
        var handlers = xmlSAXHandler.qingku
        guard let context = xmlCreatePushParserCtxt(&handlers, nil, nil, 0, nil) else { return nil }
        var options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_COMPACT.rawValue)
        if encoding?.override != nil { options |= Int32(XML_PARSE_IGNORE_ENC.rawValue) }
        xmlCtxtUseOptions(context, options)
        var isKnown = true
        if let override = encoding?.override {
            if override == .utf8 {
                isKnown = xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8) == 0
            } else if let handler = xmlFindCharEncodingHandler(override.iconvName) {
                isKnown = xmlSwitchToEncoding(context, handler) == 0
            } else {
                isKnown = false
            }
        }
        guard isKnown else {
            xmlFreeParserCtxt(context)
            return nil
        }
        self.context = context
        skip = encoding?.markLength ?? 0
        state = .allocate(capacity: 1)
        state.initialize(to: XMLState(context: context, limits: limits, base: skip, survey: survey))
        context.pointee.userData = UnsafeMutableRawPointer(state)
    }

    deinit {
        context.pointee.userData = nil
        if let document = context.pointee.myDoc { xmlFreeDoc(document) }
        xmlFreeParserCtxt(context)
        state.deinitialize(count: 1)
        state.deallocate()
    }

    /// Compiles the paths against the parser's dictionary and starts gathering records.
    func gather(record: XMLPath, fields: [XMLPath], into table: XMLTable) {
        let dictionary = context.pointee.dict
        let matcher = XMLMatcher(record: record, fields: fields) { name in
            name.withCString(encodedAs: UTF8.self) { xmlDictLookup(dictionary, $0, -1) }
        }
        state.pointee.records = XMLRecords(matcher: matcher, limits: state.pointee.limits, table: table)
    }

    /// No more bytes are wanted: the document is wrong, or was stopped.
    var isDone: Bool { state.pointee.stop != nil || state.pointee.fault != nil }

    func feed(_ bytes: [UInt8]) {
        qingku_xml_silence()
        var rest = bytes[...]
        if skip > 0 {
            let cut = min(skip, rest.count)
            rest = rest.dropFirst(cut)
            skip -= cut
        }
        while !rest.isEmpty, !isDone {
            lastPiece = rest.prefix(Self.pieceSize)
            lastPiece.withUnsafeBytes { piece in
                _ = xmlParseChunk(context, piece.bindMemory(to: CChar.self).baseAddress, Int32(piece.count), 0)
            }
            checkHalt()
            checkBacklog()
            rest = rest.dropFirst(lastPiece.count)
        }
    }

    func finish() {
        guard !isDone else { return }
        qingku_xml_silence()
        xmlParseChunk(context, nil, 0, 1)
        checkHalt()
    }

    /// When converting the bytes fails, libxml2 stops without telling `serror`.
    private func checkHalt() {
        guard !isDone, context.pointee.disableSAX != 0 else { return }
        state.pointee.noteConversion()
    }

    /// The parser waits for the end of a tag or comment before it hands it over, and compares all attributes of a tag with
    /// each other. What waits must not grow without bound.
    private func checkBacklog() {
        guard !isDone, let input = context.pointee.input, let place = input.pointee.cur, let end = input.pointee.end
        else {
            return
        }
        let waiting = end - place
        let limits = state.pointee.limits
        guard waiting > limits.tag else { return }
        let isTag = place[0] == UInt8(ascii: "<") && place[1] != UInt8(ascii: "!") && place[1] != UInt8(ascii: "?")
        if isTag {
            state.pointee.halt(.tag)
        } else if waiting > limits.comment {
            state.pointee.halt(.comment)
        }
    }

    var stop: XMLState.Stop? { state.pointee.stop }
    var stopLine: Int { state.pointee.stopLine }
    var fault: XMLState.Fault? { state.pointee.fault }
    var namespaceFault: XMLState.Fault? { state.pointee.namespaceFault }
    var hasRoot: Bool { state.pointee.hasRoot }
    var survey: XMLSurvey { state.pointee.survey ?? state.pointee.finishedSurvey ?? XMLSurvey(namespaces: [:]) }

    /// The innermost open element and its line.
    var innermost: (name: String, line: Int)? {
        state.pointee.open.last.map { ($0.name.map { String(cString: $0) } ?? "", $0.line) }
    }

    /// Hands the table over, complete; once.
    func takeTable() -> XMLTable? {
        state.pointee.records?.table.close()
        defer { state.pointee.records = nil }
        return state.pointee.records?.table
    }

    /// Once a process: libxml2's own tables, and a loader that opens nothing.
    private static let prepare: Void = {
        xmlInitParser()
        xmlSetExternalEntityLoader { _, _, _ in nil }
    }()
}
