import Records

/// The record element and its paths from the start of an XML file.
enum XMLSniffer {
    static func sniff(_ source: ByteSource, samples: Int) throws -> SniffedFile {
        let survey = try survey(source)
        let candidates = recordCandidates(survey)
        guard let record = candidates.first else {
            throw Failure(
                .badInput, code: "E-XML-005",
                Text(
                    en: "No element of the document repeats or has values; it holds no records.",
                    zh: "文档中没有重复的元素或任何值，找不到记录。"),
                at: Place(file: source.path))
        }
        let paths = columns(survey, under: record)
        let path = survey.path(of: record)
        let schema = Schema(paths.map { Field(name: $0, kind: .text) })
        let plan = SourcePlan(
            profile: SourceProfile(name: ""), path: nil, format: .xml, recordPath: path, namespaces: survey.namespaces,
            mappings: paths.enumerated().map { SourcePlan.Mapping(field: $0.offset, path: $0.element) })
        let imported = try read(plan, source, schema)
        let columns = zip(paths, imported?.table.columns ?? paths.map { _ in nil }).map { path, column in
            guard let column else { return SniffedFile.Column(path: path, samples: [], filled: 0, distinct: 0) }
            let distinct = column.values.count - 1
            return SniffedFile.Column(
                path: path, samples: (0..<min(samples, distinct)).map { column.values[UInt32($0 + 1)] },
                filled: column.codes.count { $0 != 0 }, distinct: distinct)
        }
        return SniffedFile(
            path: source.path, format: .xml,
            encoding: try XMLEncoding(source.head, stated: nil, file: source.path).name, dialect: nil,
            recordCandidates: candidates.map { .init(path: survey.path(of: $0), count: survey.nodes[$0].count) },
            columns: columns, namespaces: survey.namespaces, records: imported?.table.count ?? 0,
            issues: imported?.issues.filter {
                source.isHeadAll || !ImportCheck.brokenOff.contains($0.check)
            } ?? [])
    }

    /// `nil` when what was read ahead ends before the first record does.
    private static func read(_ plan: SourcePlan, _ source: ByteSource, _ schema: Schema) throws -> ImportedSource? {
        do {
            return try XMLImport.read(plan, ByteSource(source.head, path: source.path), schema)
        } catch {
            if source.isHeadAll { throw error }
            return nil
        }
    }

    private static func survey(_ source: ByteSource) throws -> XMLSurvey {
        let encoding = try XMLEncoding(source.head, stated: nil, file: source.path)
        guard let reader = XMLReader(encoding: encoding, survey: XMLSurvey(namespaces: [:])) else {
            throw CSVOpening.noConverter(encoding.override ?? .utf8, source.path)
        }
        reader.feed(source.head)
        if source.isHeadAll { reader.finish() }
        if let stop = reader.stop {
            throw XMLFaults.failure(stop, line: reader.stopLine, file: source.path, limits: .standard)
        }
        if let fault = reader.fault, XMLFaults.isEncoding(fault) {
            throw XMLFaults.encodingFailure(fault, declared: encoding.name, piece: reader.lastPiece, file: source.path)
        }
        if let fault = reader.fault, source.isHeadAll, reader.survey.nodes.count < 2 || !XMLFaults.isEnd(fault) {
            throw Failure(
                .badInput, code: "E-XML-002",
                XMLFaults.message(fault, innermost: reader.innermost, hasRoot: reader.hasRoot),
                at: Place(file: source.path, line: fault.line, column: fault.column > 0 ? fault.column : nil))
        }
        return reader.survey
    }

    /// Elements with something in them, by how often they repeat within one parent; the outer of equals first.
    private static func recordCandidates(_ survey: XMLSurvey) -> [Int] {
        let nodes = survey.nodes
        let full = nodes.indices.dropFirst().filter { nodes[$0].hasElements || !nodes[$0].attributes.isEmpty }
        let ranked = full.sorted {
            (-nodes[$0].mostInParent, nodes[$0].depth, $0) < (-nodes[$1].mostInParent, nodes[$1].depth, $1)
        }
        let repeated = ranked.filter { nodes[$0].mostInParent > 1 }
        // A single record: the innermost element that has elements.
        return repeated.isEmpty
            ? full.max { nodes[$0].depth < nodes[$1].depth }.map { [$0] } ?? [] : Array(repeated.prefix(5))
    }

    /// Attributes and texts under the record. An element that repeats in its parent and has an attribute with few values is
    /// told apart by it: `contact[@type='mobile']`.
    private static func columns(_ survey: XMLSurvey, under record: Int) -> [String] {
        var paths: [String] = []
        for node in survey.nodes.indices.dropFirst() {
            guard let path = survey.path(of: node, under: record) else { continue }
            let entry = survey.nodes[node]
            let kind = entry.mostInParent > 1 && node != record ? entry.attributes.first { isKind($0.values) } : nil
            let variants = kind.map { kind in kind.values.map { "\(path)[@\(kind.name)='\($0)']" } } ?? [path]
            for variant in variants {
                if entry.hasText {
                    paths.append(entry.hasElements ? (variant == "." ? "text()" : "\(variant)/text()") : variant)
                }
                for attribute in entry.attributes where attribute.name != kind?.name {
                    paths.append(variant == "." ? "@\(attribute.name)" : "\(variant)/@\(attribute.name)")
                }
            }
        }
        return paths
    }

    private static func isKind(_ values: [String]) -> Bool {
        values.count < 9 && values.allSatisfy { !$0.isEmpty && !$0.contains("'") && $0.utf8.count < 33 }
    }
}
