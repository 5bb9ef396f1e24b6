import CLibXML2
import Records

/// XML on its way into a file, through libxml2's text writer, in the encoding that is asked for: characters the encoding
/// does not have become references (`&#x20C8E;`), so that any encoding holds any text.
///
/// Owns the C writer and its buffer; neither leaves this file.
final class XMLText {
    private let buffer: xmlBufferPtr
    private let writer: xmlTextWriterPtr
    private var isSound = true
    private let path: String

    /// - Parameters:
    ///   - encoding: IANA name, as the document's first line will have it.
    ///   - path: for messages.
    /// - Throws: `E-OUT-013` when libxml2 does not know the encoding.
    init(encoding: String, path: String) throws {
        qingku_xml_silence()
        self.path = path
        guard let buffer = xmlBufferCreate() else { throw storageFailure(12, path) }
        guard let writer = xmlNewTextWriterMemory(buffer, 0) else {
            xmlBufferFree(buffer)
            throw storageFailure(12, path)
        }
        self.buffer = buffer
        self.writer = writer
        guard xmlTextWriterStartDocument(writer, "1.0", encoding, nil) >= 0 else {
            throw Failure(
                .notDone, code: "E-OUT-013",
                Text(en: "XML cannot be written in the encoding \(encoding)", zh: "无法以编码 \(encoding) 写出 XML"),
                at: Place(file: path))
        }
    }

    deinit {
        xmlFreeTextWriter(writer)
        xmlBufferFree(buffer)
    }

    func begin(_ element: String) {
        note(xmlTextWriterStartElement(writer, element))
    }

    func end() {
        note(xmlTextWriterEndElement(writer))
    }

    /// True when characters had to be replaced by U+FFFD.
    @discardableResult
    func attribute(_ name: String, _ value: String) -> Bool {
        note(xmlTextWriterStartAttribute(writer, name))
        let isReplaced = text(value)
        note(xmlTextWriterEndAttribute(writer))
        return isReplaced
    }

    /// Text of the open element or attribute. True when characters had to be replaced by U+FFFD.
    @discardableResult
    func text(_ value: String) -> Bool {
        var value = value
        return value.withUTF8 { text($0) }
    }

    @discardableResult
    func text(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        if value.isEmpty { return false }
        // libxml2 wants a NUL behind the text.
        if !hasForbidden(value) {
            note(
                withUnsafeTemporaryAllocation(of: UInt8.self, capacity: value.count + 1) { copy in
                    _ = copy.initialize(fromContentsOf: value)
                    copy[value.count] = 0
                    return xmlTextWriterWriteString(writer, copy.baseAddress)
                })
            return false
        }
        let replaced = String(decoding: value, as: UTF8.self).unicodeScalars.map { scalar -> Unicode.Scalar in
            Self.isAllowed(scalar) ? scalar : "\u{FFFD}"
        }
        note(xmlTextWriterWriteString(writer, String(String.UnicodeScalarView(replaced))))
        return true
    }

    func lineBreak() {
        note(xmlTextWriterWriteString(writer, "\n"))
    }

    func comment(_ text: String) {
        note(xmlTextWriterWriteComment(writer, text.replacing("--", with: "– ")))
    }

    /// Hands on what has been written so far.
    func drain(to sink: inout FileSink) throws {
        note(xmlTextWriterFlush(writer))
        guard isSound else { throw storageFailure(12, path) }
        if let content = xmlBufferContent(buffer) {
            sink.append(UnsafeBufferPointer(start: content, count: Int(xmlBufferLength(buffer))))
        }
        xmlBufferEmpty(buffer)
    }

    func finish(to sink: inout FileSink) throws {
        note(xmlTextWriterEndDocument(writer))
        try drain(to: &sink)
    }

    private func note(_ result: CInt) {
        if result < 0 { isSound = false }
    }

    /// Whether a character that XML 1.0 does not allow may be in the text; U+FFFE and U+FFFF begin with EF BF.
    private func hasForbidden(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        for (place, byte) in text.enumerated() {
            if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D { return true }
            if byte == 0xEF, place + 2 < text.count, text[place + 1] == 0xBF, text[place + 2] >= 0xBE { return true }
        }
        return false
    }

    /// XML 1.0, production 2.
    static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
