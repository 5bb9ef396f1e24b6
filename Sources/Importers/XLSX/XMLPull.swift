import CLibXML2
import Records

/// The elements of a small XML document one after the other, by libxml2's reader. No entity is looked up and no other file
/// opened; a document with a document type is refused.
final class XMLPull {
    enum Node {
        /// Local name and attributes; names with a prefix without it.
        case start(String, [String: String], isEmpty: Bool)
        case end(String)
        case text(String)
    }

    private let reader: xmlTextReaderPtr
    /// What the reader reads from; as long as it does.
    private let bytes: UnsafeMutableBufferPointer<CChar>

    /// - Throws: `E-XLS-001`.
    init(_ content: [UInt8]) throws {
        bytes = .allocate(capacity: content.count)
        for (place, byte) in content.enumerated() { bytes[place] = CChar(bitPattern: byte) }
        let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue)
        guard let reader = xmlReaderForMemory(bytes.baseAddress, Int32(content.count), nil, nil, options) else {
            bytes.deallocate()
            throw ZipArchive.broken
        }
        self.reader = reader
        qingku_xml_silence()
    }

    deinit {
        xmlFreeTextReader(reader)
        bytes.deallocate()
    }

    /// `nil` at the end.
    func next() throws -> Node? {
        while true {
            switch xmlTextReaderRead(reader) {
            case 0: return nil
            case 1: break
            default: throw ZipArchive.broken
            }
            switch Int(xmlTextReaderNodeType(reader)) {
            case 1:
                let (name, isEmpty) = (name, xmlTextReaderIsEmptyElement(reader) == 1)
                return .start(name, attributes(), isEmpty: isEmpty)
            case 15: return .end(name)
            case 3, 4, 13, 14: return .text(text(xmlTextReaderConstValue(reader)))
            case 5, 10: throw ZipArchive.broken
            default: continue
            }
        }
    }

    private var name: String { text(xmlTextReaderConstLocalName(reader)) }

    /// Called on an element, and ends there.
    private func attributes() -> [String: String] {
        var attributes: [String: String] = [:]
        while xmlTextReaderMoveToNextAttribute(reader) == 1 {
            attributes[name] = text(xmlTextReaderConstValue(reader))
        }
        xmlTextReaderMoveToElement(reader)
        return attributes
    }

    private func text(_ pointer: UnsafePointer<xmlChar>?) -> String {
        pointer.map { String(cString: $0) } ?? ""
    }
}
