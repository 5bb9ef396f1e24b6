import CLibXML2

/// What the parser's callbacks work on. Lives behind one pointer, from `XMLReader.init` to its `deinit`.
struct XMLState {
    /// Why the reader itself gave up on a document.
    enum Stop: Equatable {
        case documentType
        case depth
        case attributes
        case tag
        case comment
    }

    /// An error of libxml2.
    struct Fault {
        let code: Int
        let line: Int
        let column: Int
        let message: String
    }

    let context: xmlParserCtxtPtr
    let limits: ImportLimits
    /// Byte of the file that the parser's first byte stood at.
    let base: Int
    var records: XMLRecords?
    /// `nil` once enough is known.
    var survey: XMLSurvey?
    /// Kept from the moment the survey ends.
    var finishedSurvey: XMLSurvey?
    /// The survey goes on for so many records.
    private static let surveyedRecords = 100

    private(set) var stop: Stop?
    private(set) var stopLine = 0
    /// The first error that ends the document.
    private(set) var fault: Fault?
    /// The first error in the use of namespaces; the parser goes on after it.
    private(set) var namespaceFault: Fault?
    private(set) var hasRoot = false
    /// Name and line of each open element.
    private(set) var open: [(name: XMLMatcher.NamePointer?, line: Int)] = []

    init(context: xmlParserCtxtPtr, limits: ImportLimits, base: Int, survey: XMLSurvey?) {
        self.context = context
        self.limits = limits
        self.base = base
        self.survey = survey
    }

    mutating func halt(_ reason: Stop) {
        guard stop == nil else { return }
        stop = reason
        stopLine = Int(context.pointee.input?.pointee.line ?? 0)
        xmlStopParser(context)
    }

    mutating func start(
        _ local: XMLMatcher.NamePointer?, _ prefix: XMLMatcher.NamePointer?, _ uri: XMLMatcher.NamePointer?,
        _ attributes: XMLMatcher.Attributes?, _ count: Int
    ) {
        guard stop == nil else { return }
        hasRoot = true
        open.append((local, Int(context.pointee.input?.pointee.line ?? 0)))
        if open.count > limits.depth { return halt(.depth) }
        if count > limits.attributes { return halt(.attributes) }
        let (context, base) = (context, base)
        let isRecord =
            records?.start(depth: open.count, local, uri, attributes, count) { Self.tagPlace(context, base) } ?? false
        survey?.start(local, prefix, uri, attributes, count, isRecord: isRecord)
    }

    mutating func characters(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard stop == nil else { return }
        records?.characters(bytes)
        survey?.characters(bytes)
    }

    mutating func end() {
        guard stop == nil, !open.isEmpty else { return }
        records?.end(depth: open.count)
        open.removeLast()
        survey?.end()
        if survey != nil, records?.rows ?? 0 >= Self.surveyedRecords {
            finishedSurvey = survey
            survey = nil
        }
    }

    /// Bytes that could not be converted, somewhere in the piece behind the parser's place.
    mutating func noteConversion() {
        fault = Fault(
            code: Int(XML_I18N_CONV_FAILED.rawValue), line: Int(context.pointee.input?.pointee.line ?? 0), column: 0,
            message: "conversion failed")
    }

    mutating func note(_ error: xmlError) {
        let message = error.message.map { String(cString: $0) } ?? ""
        let fault = Fault(
            code: Int(error.code), line: Int(error.line), column: Int(error.int2),
            message: message.split(separator: "\n").first.map(String.init) ?? message)
        if error.domain == XML_FROM_NAMESPACE.rawValue {
            if namespaceFault == nil, error.level != XML_ERR_WARNING { namespaceFault = fault }
        } else if error.level == XML_ERR_FATAL, self.fault == nil {
            self.fault = fault
        }
    }

    /// Line and byte of the start tag that the parser has just read. A `<` cannot stand inside a tag, so the nearest one
    /// before the parser's place begins it; the push parser keeps a tag in one piece.
    private static func tagPlace(_ context: xmlParserCtxtPtr, _ base: Int) -> (line: Int, offset: UInt64) {
        guard let input = context.pointee.input, let start = input.pointee.base, var place = input.pointee.cur else {
            return (0, 0)
        }
        var line = Int(input.pointee.line)
        while place > start, place.pointee != UInt8(ascii: "<") {
            if place.pointee == 0x0A, place < input.pointee.cur { line -= 1 }
            place -= 1
        }
        return (line, UInt64(max(0, base + Int(input.pointee.consumed) + (place - start))))
    }
}
