/// Record and field paths, compiled against one parser's dictionary: names are compared as pointers.
///
/// The record path is a row of positions kept as bits. The field paths are one tree; an open element holds the nodes of the
/// tree that it matches.
struct XMLMatcher {
    typealias NamePointer = UnsafePointer<UInt8>

    /// The five pointers libxml2 hands over for an attribute: local name, prefix, namespace, value and its end.
    typealias Attributes = UnsafeMutablePointer<UnsafePointer<UInt8>?>

    struct Name {
        let local: NamePointer
        let uri: NamePointer?
        let isAnySpace: Bool

        @inline(__always)
        func matches(_ local: NamePointer?, _ uri: NamePointer?) -> Bool {
            local == self.local && (isAnySpace || uri == self.uri)
        }
    }

    struct Condition {
        let attribute: Name
        let value: [UInt8]?

        func holds(_ attributes: Attributes?, _ count: Int) -> Bool {
            guard let attributes else { return false }
            for index in 0..<count where attribute.matches(attributes[5 * index], attributes[5 * index + 2]) {
                guard let value else { return true }
                return XMLAttribute.text(attributes, index).elementsEqual(value)
            }
            return false
        }
    }

    struct Step {
        let name: Name
        let conditions: [Condition]

        func matches(_ local: NamePointer?, _ uri: NamePointer?, _ attributes: Attributes?, _ count: Int) -> Bool {
            name.matches(local, uri) && conditions.allSatisfy { $0.holds(attributes, count) }
        }
    }

    struct Node {
        /// Places in the matcher's `edges`; those of a node lie together.
        var edges = 0..<0
        /// Slots that take the element's whole text.
        var elementSlots: [Int] = []
        /// Slots that take the element's own text.
        var textSlots: [Int] = []
        var attributeSlots: [(name: Name, slot: Int)] = []
        var wantsText = false
        var wantsAttributes = false
    }

    /// From a node of the tree to one below it.
    struct Edge {
        let name: Name
        let isConditional: Bool
        let target: Int
    }

    private let recordSteps: [Step]
    private let isAnywhere: Bool
    /// `nodes[0]` is the record itself.
    private(set) var nodes = [Node()]
    private(set) var edges: [Edge] = []
    /// Parallel to `edges`.
    private var edgeConditions: [[Condition]] = []
    let slotCount: Int

    /// `intern` gives the parser's own pointer for a name. `fields[slot]` is the path whose value goes to `slot`.
    init(record: XMLPath, fields: [XMLPath], intern: (String) -> NamePointer?) {
        func compile(_ name: XMLPath.Name) -> Name? {
            guard let local = intern(name.local) else { return nil }
            switch name.space {
            case .none: return Name(local: local, uri: nil, isAnySpace: false)
            case .any: return Name(local: local, uri: nil, isAnySpace: true)
            case .uri(let uri): return intern(uri).map { Name(local: local, uri: $0, isAnySpace: false) }
            }
        }
        func compile(_ step: XMLPath.Step) -> Step? {
            guard let name = compile(step.name) else { return nil }
            let conditions = step.conditions.compactMap { condition in
                compile(condition.attribute).map {
                    Condition(attribute: $0, value: condition.value.map { Array($0.utf8) })
                }
            }
            return Step(name: name, conditions: conditions)
        }
        recordSteps = record.steps.compactMap(compile)
        isAnywhere = record.isAnywhere
        slotCount = fields.count
        var known: [[XMLPath.Step]: Int] = [[]: 0]
        var links: [(from: Int, step: Step, to: Int)] = []
        for (slot, path) in fields.enumerated() {
            var node = 0
            for depth in path.steps.indices {
                let prefix = Array(path.steps[...depth])
                if let there = known[prefix] {
                    node = there
                } else if let step = compile(path.steps[depth]) {
                    nodes.append(Node())
                    links.append((node, step, nodes.count - 1))
                    node = nodes.count - 1
                    known[prefix] = node
                }
            }
            switch path.target {
            case .element: nodes[node].elementSlots.append(slot)
            case .text: nodes[node].textSlots.append(slot)
            case .attribute(let name):
                if let name = compile(name) { nodes[node].attributeSlots.append((name, slot)) }
            }
        }
        for node in nodes.indices {
            let start = edges.count
            for link in links where link.from == node {
                edges.append(Edge(name: link.step.name, isConditional: !link.step.conditions.isEmpty, target: link.to))
                edgeConditions.append(link.step.conditions)
            }
            nodes[node].edges = start..<edges.count
            nodes[node].wantsText = !nodes[node].elementSlots.isEmpty || !nodes[node].textSlots.isEmpty
            nodes[node].wantsAttributes = !nodes[node].attributeSlots.isEmpty
        }
    }

    func conditionsHold(_ edge: Int, _ attributes: Attributes?, _ count: Int) -> Bool {
        edgeConditions[edge].allSatisfy { $0.holds(attributes, count) }
    }

    /// Bit `i` of a mask: the first `i` steps of the record path lead to the element. `parent` is the mask of the element
    /// around it; `nil` for the root.
    func recordMask(
        _ parent: UInt64?, _ local: NamePointer?, _ uri: NamePointer?, _ attributes: Attributes?, _ count: Int
    ) -> UInt64 {
        let start = parent.map { isAnywhere ? $0 | 1 : $0 } ?? 1
        guard start != 0 else { return 0 }
        var mask: UInt64 = 0
        for (index, step) in recordSteps.enumerated() where start >> UInt64(index) & 1 == 1 {
            if step.matches(local, uri, attributes, count) { mask |= 1 << UInt64(index + 1) }
        }
        return mask
    }

    func isRecord(_ mask: UInt64) -> Bool { mask >> UInt64(recordSteps.count) & 1 == 1 }
}

enum XMLAttribute {
    /// An attribute's value. Without entity substitution libxml2 leaves `&#38;` where `&` was meant, and no other `&`.
    static func text(_ attributes: XMLMatcher.Attributes, _ index: Int) -> [UInt8] {
        let bytes = raw(attributes, index)
        guard bytes.contains(0x26) else { return Array(bytes) }
        var text: [UInt8] = []
        var place = 0
        while place < bytes.count {
            text.append(bytes[place])
            place += bytes[place] == 0x26 && bytes[place...].starts(with: "&#38;".utf8) ? 5 : 1
        }
        return text
    }

    static func raw(_ attributes: XMLMatcher.Attributes, _ index: Int) -> UnsafeBufferPointer<UInt8> {
        guard let start = attributes[5 * index + 3], let end = attributes[5 * index + 4], end > start else {
            return UnsafeBufferPointer(start: nil, count: 0)
        }
        return UnsafeBufferPointer(start: start, count: end - start)
    }
}
