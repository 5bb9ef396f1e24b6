import Records

/// Which elements a document has and where: for messages when a path of the plan finds nothing, and for drafting rule books.
/// Bounded: at most `nodeLimit` different paths.
struct XMLSurvey {
    struct Node {
        /// As a path step: with a prefix when the element is in a namespace.
        let name: String
        let uri: String?
        let parent: Int
        let depth: Int
        var count = 0
        /// The most of it in one parent.
        var mostInParent = 0
        var isRecord = false
        var hasElements = false
        var hasText = false
        /// Name → distinct values, a few.
        var attributes: [(name: String, values: [String])] = []
    }

    private struct Frame {
        let node: Int
        var counts: [Int: Int] = [:]
    }

    /// `nodes[0]` stands for the document.
    private(set) var nodes = [Node(name: "", uri: nil, parent: 0, depth: 0)]
    /// Prefix → namespace, those of the rule book and those the document brings.
    private(set) var namespaces: [String: String]
    private var children: [Int: [String: Int]] = [:]
    private var frames = [Frame(node: 0)]
    private static let nodeLimit = 500
    private static let valueLimit = 12

    init(namespaces: [String: String]) {
        self.namespaces = namespaces
    }

    mutating func start(
        _ local: XMLMatcher.NamePointer?, _ prefix: XMLMatcher.NamePointer?, _ uri: XMLMatcher.NamePointer?,
        _ attributes: XMLMatcher.Attributes?, _ count: Int, isRecord: Bool
    ) {
        let parent = frames[frames.count - 1].node
        let name = qualified(local, prefix, uri, fallback: "ns")
        var node = children[parent]?[name]
        if node == nil, nodes.count < Self.nodeLimit {
            let uri = uri.map { String(cString: $0) }
            nodes.append(Node(name: name, uri: uri, parent: parent, depth: nodes[parent].depth + 1))
            node = nodes.count - 1
            children[parent, default: [:]][name] = node
        }
        guard let node else {
            frames.append(Frame(node: 0))
            return
        }
        nodes[parent].hasElements = true
        nodes[node].count += 1
        if isRecord { nodes[node].isRecord = true }
        let inParent = frames[frames.count - 1].counts[node, default: 0] + 1
        frames[frames.count - 1].counts[node] = inParent
        nodes[node].mostInParent = max(nodes[node].mostInParent, inParent)
        frames.append(Frame(node: node))
        guard let attributes else { return }
        for index in 0..<count { note(attributes, index, node) }
    }

    private mutating func note(_ attributes: XMLMatcher.Attributes, _ index: Int, _ node: Int) {
        let name = qualified(attributes[5 * index], attributes[5 * index + 1], attributes[5 * index + 2], fallback: nil)
        var place = nodes[node].attributes.firstIndex { $0.name == name }
        if place == nil, nodes[node].attributes.count < 64 {
            nodes[node].attributes.append((name, []))
            place = nodes[node].attributes.count - 1
        }
        guard let place, nodes[node].attributes[place].values.count < Self.valueLimit else { return }
        let value = String(decoding: XMLAttribute.text(attributes, index).prefix(100), as: UTF8.self)
        if !nodes[node].attributes[place].values.contains(value) { nodes[node].attributes[place].values.append(value) }
    }

    mutating func characters(_ bytes: UnsafeBufferPointer<UInt8>) {
        let node = frames[frames.count - 1].node
        if !nodes[node].hasText, bytes.contains(where: { $0 > 0x20 }) { nodes[node].hasText = true }
    }

    mutating func end() {
        if frames.count > 1 { frames.removeLast() }
    }

    private mutating func qualified(
        _ local: XMLMatcher.NamePointer?, _ prefix: XMLMatcher.NamePointer?, _ uri: XMLMatcher.NamePointer?,
        fallback: String?
    ) -> String {
        let local = local.map { String(cString: $0) } ?? ""
        guard let uri else { return local }
        let space = String(cString: uri)
        if space == "http://www.w3.org/XML/1998/namespace" { return "xml:\(local)" }
        if let known = namespaces.filter({ $0.value == space }).keys.min() { return "\(known):\(local)" }
        let wanted = prefix.map { String(cString: $0) } ?? fallback ?? "ns"
        var name = wanted
        var number = 2
        while namespaces[name] != nil {
            name = "\(wanted)\(number)"
            number += 1
        }
        namespaces[name] = space
        return "\(name):\(local)"
    }

    /// `/export/clients/client`
    func path(of node: Int) -> String {
        var steps: [String] = []
        var node = node
        while node != 0 {
            steps.append(nodes[node].name)
            node = nodes[node].parent
        }
        return "/" + steps.reversed().joined(separator: "/")
    }

    /// The path of `node` from the element `ancestor`; `nil` when it does not lie in it.
    func path(of node: Int, under ancestor: Int) -> String? {
        var steps: [String] = []
        var node = node
        while node != ancestor {
            guard node != 0 else { return nil }
            steps.append(nodes[node].name)
            node = nodes[node].parent
        }
        return steps.isEmpty ? "." : steps.reversed().joined(separator: "/")
    }

    /// Element and attribute paths in the order of the document: from the record on, or absolute with their counts.
    func paths(underRecord: Bool) -> [String] {
        guard underRecord else {
            return nodes.indices.dropFirst().map { "\(path(of: $0)) (\(nodes[$0].count))" }
        }
        guard let record = nodes.indices.first(where: { nodes[$0].isRecord }) else { return [] }
        var paths: [String] = []
        for node in nodes.indices.dropFirst() {
            guard let path = path(of: node, under: record) else { continue }
            if node != record { paths.append(path) }
            paths += nodes[node].attributes.map { path == "." ? "@\($0.name)" : "\(path)/@\($0.name)" }
        }
        return paths
    }

    /// What to do when the document's elements are in a namespace that the paths do not name.
    var namespaceAdvice: Text? {
        guard let node = nodes.first(where: { $0.uri != nil }), let uri = node.uri,
            let prefix = node.name.split(separator: ":").first
        else { return nil }
        return Text(
            en: """
                The elements are in the namespace \(uri); a name without prefix means an element in none. Add \
                `namespaces: { \(prefix): "\(uri)" }` to the source and write \(node.name), or write *:name for any namespace.
                """,
            zh: """
                元素属于命名空间 \(uri)，而不带前缀的名称只匹配无命名空间的元素。请在该来源下加 \
                namespaces: { \(prefix): "\(uri)" } 并写成 \(node.name)，或用 *:名称 匹配任意命名空间。
                """)
    }
}
