import Importers
import Records
import Reports

extension OfficeXML {
    /// The layout of a source that is read from XML; `nil` for any other.
    init?(_ plan: SourcePlan, fields: Int) throws {
        guard plan.format == .xml, let path = plan.recordPath else { return nil }
        let prefixes = Dictionary(plan.namespaces.map { ($0.value, $0.key) }, uniquingKeysWith: min)
        func name(_ name: XMLPath.Name) -> String {
            switch name.space {
            case .none, .any: name.local
            case .uri("http://www.w3.org/XML/1998/namespace"): "xml:" + name.local
            case .uri(let uri): prefixes[uri].map { $0 + ":" + name.local } ?? name.local
            }
        }
        func step(_ step: XMLPath.Step) -> Step {
            Step(
                name: name(step.name),
                attributes: step.conditions.map { Attribute(name: name($0.attribute), value: $0.value ?? "") })
        }
        func place(_ text: String) throws -> Place {
            let path = try XMLPath(field: text, namespaces: plan.namespaces)
            guard case .attribute(let attribute) = path.target else { return Place(steps: path.steps.map(step)) }
            return Place(steps: path.steps.map(step), attribute: name(attribute))
        }
        let record = try XMLPath(record: path, namespaces: plan.namespaces)
        var places = [Place?](repeating: nil, count: fields)
        var order: [Int] = []
        for mapping in plan.mappings where mapping.field < fields && places[mapping.field] == nil {
            places[mapping.field] = try place(mapping.path)
            order.append(mapping.field)
        }
        self.init(
            record: (record.isAnywhere ? record.steps.suffix(1) : record.steps[...]).map(step),
            recordID: try plan.recordID.map(place), fields: places, order: order,
            namespaces: plan.namespaces.sorted { $0.key < $1.key }.map { Attribute(name: $0.key, value: $0.value) })
    }
}
