package import Records

extension MatchPlan.Key {
    /// As a rule book writes it, parts joined by a plus sign.
    package func description(in schema: Schema) -> String {
        parts.map { part in
            let name = schema.fields[part.field].name
            if let partner = part.partner {
                let other = schema.fields[partner].name
                return part.transform.map { "\(name).\($0) <> \(other).\($0)" } ?? "\(name) <> \(other)"
            }
            return part.transform.map { "\(name).\($0)" } ?? name
        }.joined(separator: " + ")
    }
}
