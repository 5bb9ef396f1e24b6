import Records

/// A W3C PROV-JSON document as it is put together: records by type, each once, in the order they came.
/// (PROV-JSON, W3C Member Submission, 24 April 2013.)
struct ProvDocument {
    /// The parts of the document, in its order.
    enum Kind: String, CaseIterable {
        case entity, activity, agent, used, wasGeneratedBy, wasDerivedFrom, wasAssociatedWith, wasAttributedTo
        case wasInvalidatedBy, wasInformedBy, hadMember
    }

    private let prefixes: [(String, String)]
    private var parts: [Kind: [(id: String, attributes: [(String, JSON)])]] = [:]
    private var known: Set<String> = []
    private var relations = 0

    /// - Parameter prefixes: name and IRI, without `prov` and `xsd`.
    init(prefixes: [(String, String)]) {
        self.prefixes =
            [("prov", "http://www.w3.org/ns/prov#"), ("xsd", "http://www.w3.org/2001/XMLSchema#")] + prefixes
    }

    /// Adds an entity, activity or agent, unless it is there already. Empty attributes are left out.
    @discardableResult
    mutating func add(_ kind: Kind, _ id: String, _ attributes: [(String, JSON?)]) -> String {
        if known.insert("\(kind.rawValue) \(id)").inserted {
            parts[kind, default: []].append((id, attributes.compactMap { name, value in value.map { (name, $0) } }))
        }
        return id
    }

    /// Adds a relation, which has no name of its own, unless the same is there.
    mutating func relate(_ kind: Kind, _ attributes: [(String, JSON?)]) {
        let attributes = attributes.compactMap { name, value in value.map { (name, $0) } }
        guard known.insert(kind.rawValue + JSON.object(attributes).text).inserted else { return }
        relations += 1
        parts[kind, default: []].append(("_:r\(relations)", attributes))
    }

    var json: JSON {
        .object(
            [("prefix", .object(prefixes.map { ($0.0, .string($0.1)) }))]
                + Kind.allCases.compactMap { kind in
                    parts[kind].map { part in
                        (kind.rawValue, .object(part.map { ($0.id, .object($0.attributes)) }))
                    }
                })
    }

    /// A qualified name as a value.
    static func name(_ name: String) -> JSON { .object([("$", .string(name)), ("type", .string("xsd:QName"))]) }

    static func time(_ text: String) -> JSON { .object([("$", .string(text)), ("type", .string("xsd:dateTime"))]) }

    /// A local name: letters, digits, `-` and `_` as they are, any other byte as `%` and two hex digits.
    static func local(_ text: String) -> String {
        var local = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F:
                local.unicodeScalars.append(Unicode.Scalar(byte))
            default: local += "%" + Hex.text([byte]).uppercased()
            }
        }
        return local
    }
}
