import Records

/// How well a run knows who is missing where.
///
/// A claim is a finding that the rules expect a person in a source who has no record there; one that may be no more than a
/// missed link (severity info) is a question and counts on neither side.
package struct OmissionEvaluation: Sendable {
    package struct Source: Sendable {
        package let name: String
        package var omissions = 0
        /// That the other records tell; all where the truth has no column `inferable`.
        package var inferable = 0
        package var claims = 0
        package var rightClaims = 0
        /// Inferable and claimed.
        package var found = 0
        package var questions = 0

        package var recall: Double { inferable == 0 ? 1 : Double(found) / Double(inferable) }
        package var precision: Double { claims == 0 ? 1 : Double(rightClaims) / Double(claims) }
    }

    /// By name; the last one sums them up.
    package let sources: [Source]

    init(path: String, findings: [[String]], truth: Truth) throws {
        let hasInferable = try FlatTable.headers(path: path).contains("inferable")
        let table = try FlatTable(
            path: path, columns: ["entity_id", "missing_in"] + (hasInferable ? ["inferable"] : []),
            mayBeEmpty: true)
        var sources: [String: Source] = [:]
        var isInferable: [[String]: Bool] = [:]
        for row in table.rows {
            let can = !hasInferable || row[2] == "1"
            isInferable[[row[0], row[1]]] = can
            sources[row[1], default: Source(name: row[1])].omissions += 1
            if can { sources[row[1], default: Source(name: row[1])].inferable += 1 }
        }
        var claimed: Set<[String]> = []
        for finding in findings {
            guard let name = Finding.absence(of: finding[1]) else { continue }
            var source = sources[name] ?? Source(name: name)
            if finding[6] == Severity.info.rawValue {
                source.questions += 1
            } else {
                source.claims += 1
                if let entity = truth.entity(source: finding[2], recordID: finding[3]),
                    let can = isInferable[[entity, name]]
                {
                    source.rightClaims += 1
                    if claimed.insert([entity, name]).inserted, can { source.found += 1 }
                }
            }
            sources[name] = source
        }
        var all = Source(name: "")
        for source in sources.values {
            all.omissions += source.omissions
            all.inferable += source.inferable
            all.claims += source.claims
            all.rightClaims += source.rightClaims
            all.found += source.found
            all.questions += source.questions
        }
        self.sources = sources.values.sorted { $0.name < $1.name } + [all]
    }
}
