import Glibc

/// RFC 4180 over UTF-8 bytes that come in pieces. Whatever the pieces, the records are the same.
///
/// Delicate: every decision depends on places in the text only, never on where a piece ends. A search stops at a limit (of the
/// cell, of the record) or at the end of what is there; only the first of these decides, the second waits for more.
/// What RFC 4180 forbids is read by line, so that one lost quote costs one row:
/// - A quoted cell that does not close, closes after more than `limits.field` bytes, or spans lines and has text behind its
///   closing quote, was opened by a lost quote: it is read again from that quote as if it were a letter.
/// - Text behind a closing quote belongs to the cell.
/// - A quote inside an unquoted cell is a letter.
/// - Of a record over `limits.record` bytes the cells so far are kept, and the next line begins a new one.
struct CSVReader {
    private enum State {
        case recordStart, fieldStart, plain, quoted, quoteInQuoted, afterQuote, afterCarriageReturn, skipping
    }

    let delimiter: UInt8
    /// -1: the file has no quotes.
    private let quote: Int
    private let limits: ImportLimits
    /// 0 text, 1 delimiter, 2 quote, 3 carriage return, 4 line feed.
    private let classes: [UInt8]

    private var buffer: [UInt8] = []
    /// Place of `buffer[0]` in the text.
    private var bufferOffset = 0
    private var position = 0
    private var state = State.recordStart
    private var recordStart = 0
    private var fieldStart = 0
    private var quoteAt = 0
    private var hasDoubled = false
    private var hasQuoted = false
    private var fields: [CSVRecord.Field] = []
    private var fieldCount = 0
    private var problems: CSVRecord.Problems = []
    private var problemAt = 0
    private var line = 1
    /// Line ends outside quotes.
    private(set) var lineEndings = LineEndings()

    struct LineEndings {
        var crlf = 0
        var lf = 0
        var cr = 0

        var name: String {
            switch (crlf > 0, lf > 0, cr > 0) {
            case (true, false, false): "crlf"
            case (false, true, false), (false, false, false): "lf"
            case (false, false, true): "cr"
            default: "mixed"
            }
        }
    }

    init(delimiter: UInt8, quote: UInt8?, limits: ImportLimits = .standard) {
        self.delimiter = delimiter
        self.quote = quote.map(Int.init) ?? -1
        self.limits = limits
        var classes = [UInt8](repeating: 0, count: 256)
        classes[Int(delimiter)] = 1
        if let quote { classes[Int(quote)] = 2 }
        classes[0x0D] = 3
        classes[0x0A] = 4
        self.classes = classes
    }

    /// Takes more text and gives the records that are complete by it. Their bytes stay where they are until `flush`, which is
    /// called once at the end, and after it as long as the array is kept that `flush` is given.
    mutating func feed(
        _ text: [UInt8], _ body: (CSVRecord) throws -> Void, flush: ([UInt8]) -> Void = { _ in }
    ) rethrows {
        buffer.append(contentsOf: text)
        try scan(isLast: false, body, flush)
    }

    /// The end of the text.
    mutating func finish(_ body: (CSVRecord) throws -> Void, flush: ([UInt8]) -> Void = { _ in }) rethrows {
        try scan(isLast: true, body, flush)
    }

    private mutating func scan(
        isLast: Bool, _ body: (CSVRecord) throws -> Void, _ flush: ([UInt8]) -> Void
    ) rethrows {
        let text = buffer
        try text.withUnsafeBufferPointer { bytes in
            try classes.withUnsafeBufferPointer { try scan(bytes, $0, isLast: isLast, body) }
            flush(text)
        }
        drop()
    }

    /// Forgets the text before the record being read.
    private mutating func drop() {
        guard recordStart > 0 else { return }
        buffer.removeFirst(recordStart)
        bufferOffset += recordStart
        position -= recordStart
        fieldStart -= recordStart
        quoteAt -= recordStart
        problemAt -= recordStart
        recordStart = 0
    }

    private mutating func scan(
        _ text: UnsafeBufferPointer<UInt8>, _ classes: UnsafeBufferPointer<UInt8>, isLast: Bool,
        _ body: (CSVRecord) throws -> Void
    ) rethrows {
        let end = text.count
        while true {
            switch state {
            case .recordStart:
                recordStart = position
                fields.removeAll(keepingCapacity: true)
                fieldCount = 0
                problems = []
                hasQuoted = false
                if position == end { return }
                state = .fieldStart

            case .fieldStart:
                if position == end {
                    guard isLast else { return }
                    addField(position, position, .plain)
                    try emit(text, body)
                } else if Int(text[position]) == quote {
                    quoteAt = position
                    position += 1
                    hasDoubled = false
                    hasQuoted = true
                    state = .quoted
                } else {
                    fieldStart = position
                    state = .plain
                }

            case .plain, .afterQuote:
                let limit = min(end, recordStart + limits.record)
                var place = position
                while place < limit, classes[Int(text[place])] == 0 { place += 1 }
                position = place
                if place == limit {
                    if place < end {
                        try cutRecord(text, body)
                    } else if isLast {
                        closeField(text)
                        try emit(text, body)
                    } else {
                        return
                    }
                } else if Int(text[place]) == quote {
                    if state == .plain { note(.strayQuote, at: place) }
                    position += 1
                } else {
                    closeField(text)
                    try endField(text, body)
                }

            case .quoted:
                let fieldLimit = quoteAt + 1 + limits.field
                let recordLimit = recordStart + limits.record
                let limit = min(end, fieldLimit, recordLimit)
                if let found = find(UInt8(truncatingIfNeeded: quote), text, position, limit) {
                    position = found + 1
                    state = .quoteInQuoted
                } else {
                    position = max(position, limit)
                    if limit < end {
                        if fieldLimit <= recordLimit { readAsPlain() } else { try cutRecord(text, body) }
                    } else if isLast {
                        readAsPlain()
                    } else {
                        return
                    }
                }

            case .quoteInQuoted:
                if position == end {
                    guard isLast else { return }
                    addField(quoteAt + 1, position - 1, hasDoubled ? .doubled : .quoted)
                    try emit(text, body)
                } else if Int(text[position]) == quote {
                    hasDoubled = true
                    position += 1
                    state = .quoted
                } else if classes[Int(text[position])] != 0 {
                    addField(quoteAt + 1, position - 1, hasDoubled ? .doubled : .quoted)
                    try endField(text, body)
                } else if countLines(text[quoteAt..<position]) > 0 {
                    readAsPlain()
                } else {
                    fieldStart = position
                    state = .afterQuote
                }

            case .afterCarriageReturn:
                if position == end {
                    guard isLast else { return }
                    lineEndings.cr += 1
                } else if text[position] == 0x0A {
                    lineEndings.crlf += 1
                    position += 1
                } else {
                    lineEndings.cr += 1
                }
                state = .recordStart

            case .skipping:
                while position < end, classes[Int(text[position])] < 3 { position += 1 }
                recordStart = position
                if position == end { return }
                line += 1
                endLine(text)
            }
        }
    }

    /// A delimiter or a line end is at `position`, and the cell before it is closed.
    private mutating func endField(
        _ text: UnsafeBufferPointer<UInt8>, _ body: (CSVRecord) throws -> Void
    ) rethrows {
        if text[position] == delimiter {
            position += 1
            state = .fieldStart
        } else {
            try emit(text, body)
            endLine(text)
        }
    }

    private mutating func endLine(_ text: UnsafeBufferPointer<UInt8>) {
        if text[position] == 0x0A {
            lineEndings.lf += 1
            state = .recordStart
        } else {
            state = .afterCarriageReturn
        }
        position += 1
        recordStart = position
    }

    /// The cell that ends at `position`, in state `plain` or `afterQuote`.
    private mutating func closeField(_ text: UnsafeBufferPointer<UInt8>) {
        guard state == .afterQuote else { return addField(fieldStart, position, .plain) }
        if text[fieldStart..<position].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
            addField(quoteAt + 1, fieldStart - 1, hasDoubled ? .doubled : .quoted)
        } else if text[position - 1] == UInt8(truncatingIfNeeded: quote), position - 1 > quoteAt {
            note(.textAfterQuote, at: fieldStart)
            addField(quoteAt + 1, position - 1, .quoted)
        } else {
            note(.textAfterQuote, at: fieldStart)
            addField(quoteAt, position, .quoted)
        }
    }

    private mutating func readAsPlain() {
        note(.unterminatedQuote, at: quoteAt)
        fieldStart = quoteAt
        position = quoteAt + 1
        state = .plain
    }

    private mutating func cutRecord(
        _ text: UnsafeBufferPointer<UInt8>, _ body: (CSVRecord) throws -> Void
    ) rethrows {
        note(.recordTooLong, at: recordStart)
        try emit(text, body)
        // `emit` counted the line end that is still to come.
        line -= 1
        recordStart = position
        state = .skipping
    }

    /// The first problem of a record is the one whose place is kept; a lost quote outweighs what follows from it.
    private mutating func note(_ problem: CSVRecord.Problems, at place: Int) {
        if problem == .strayQuote, problems.contains(.unterminatedQuote) { return }
        if problems.isEmpty || (problem == .unterminatedQuote && !problems.contains(problem)) { problemAt = place }
        problems.insert(problem)
    }

    private mutating func addField(_ start: Int, _ end: Int, _ form: CSVRecord.Form) {
        fieldCount += 1
        guard fields.count < limits.columns else { return }
        fields.append(
            CSVRecord.Field(
                start: Int32(truncatingIfNeeded: start - recordStart),
                end: Int32(truncatingIfNeeded: end - recordStart),
                form: form))
    }

    /// Gives the record that ends at `position`. Behind it a new record begins, unless the caller says otherwise.
    private mutating func emit(
        _ text: UnsafeBufferPointer<UInt8>, _ body: (CSVRecord) throws -> Void
    ) rethrows {
        let bytes = UnsafeBufferPointer(rebasing: text[recordStart..<position])
        let firstLine = line
        line += 1 + (hasQuoted ? countLines(bytes[...]) : 0)
        state = .recordStart
        try fields.withUnsafeBufferPointer { fields in
            try body(
                CSVRecord(
                    bytes: bytes, fields: fields, fieldCount: fieldCount, line: firstLine,
                    offset: bufferOffset + recordStart, problems: problems,
                    problemAt: problems.isEmpty ? 0 : problemAt - recordStart, quote: UInt8(truncatingIfNeeded: quote)))
        }
    }

    private func find(_ byte: UInt8, _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int? {
        guard start < end, let base = text.baseAddress, let found = memchr(base + start, Int32(byte), end - start)
        else {
            return nil
        }
        return UnsafeRawPointer(base).distance(to: found)
    }
}

/// Line ends in `text`: LF, CR, and CRLF as one.
func countLines(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    var count = 0
    var previous: UInt8 = 0
    for byte in text {
        if byte == 0x0D || (byte == 0x0A && previous != 0x0D) { count += 1 }
        previous = byte
    }
    return count
}
