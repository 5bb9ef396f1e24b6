import Pipeline
import Records
import Workspace

/// The filter of the queue in an address, and back.
enum FilterFields {
    static func filter(_ query: Fields, _ visitor: Visitor) -> DeskFilter {
        var filter = DeskFilter()
        if let state = query["state"] { filter.state = state == "all" ? nil : DeskPair.State(name: state) ?? .open }
        filter.reason = query["reason"].flatMap { DeskPair.Reason(rawValue: $0) }
        filter.source = text(query["source"])
        filter.area = text(query["area"])
        filter.differs = query["differs"].flatMap { Int($0) }.flatMap { (0..<16).contains($0) ? $0 : nil }
        let least = query["least"].flatMap { Double($0) } ?? 0
        let most = query["most"].flatMap { Double($0) } ?? 1
        if least > 0 || most < 1, least <= most { filter.probability = least...most }
        filter.leastSize = query["size"].flatMap { Int($0) }
        switch query["assigned"] {
        case "me"?: filter.assigned = visitor.name
        case "nobody"?: filter.assigned = ""
        case let name? where name.hasPrefix("to-") && visitor.may(.assign): filter.assigned = String(name.dropFirst(3))
        default: break
        }
        filter.sample = query["sample"].flatMap(sample)
        // The pools of the account, which no address widens.
        filter.sources = visitor.sources
        filter.areas = visitor.areas
        return filter
    }

    /// `over-400`: a stratum of the audit sample and how many of it.
    private static func sample(_ text: String) -> DeskSample? {
        let parts = text.split(separator: "-")
        guard parts.count == 2, let size = Int(parts[1]), (1...LetGoSample.most).contains(size) else { return nil }
        return DeskSample(stratum: String(parts[0]), size: size)
    }

    private static func text(_ value: String?) -> String? { value.flatMap { $0.isEmpty ? nil : $0 } }

    static let names = [
        "state", "reason", "source", "area", "differs", "least", "most", "size", "assigned", "sample",
    ]

    /// What a query says of the filter, and nothing else: goes into links that stay in the list.
    static func kept(_ query: Fields) -> Fields {
        Fields(query.pairs.filter { names.contains($0.name) && !$0.value.isEmpty })
    }

    /// An address with the filter, and a further field.
    static func place(_ path: String, _ query: Fields, _ name: String? = nil, _ value: String? = nil) -> String {
        var kept = kept(query)
        if let name {
            kept.remove(name)
            if let value, !value.isEmpty { kept.append(name, value) }
        }
        return kept.isEmpty ? path : path + "?" + kept.urlEncoded
    }
}
