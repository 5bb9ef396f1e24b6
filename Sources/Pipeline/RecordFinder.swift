import Records

/// Finds a record by what a person writes: its id, or `source:id`.
struct RecordFinder {
    private let records: RecordTable

    init(_ records: RecordTable) {
        self.records = records
    }

    /// - Throws: `E-EXP-001` when there is no such record, with the nearest ids; `E-EXP-002` when several sources have it.
    func row(_ name: String) throws -> Int {
        let whole = rows(id: name, source: nil)
        // An id may hold a colon itself.
        let parted = name.firstIndex(of: ":").map { colon in
            rows(id: String(name[name.index(after: colon)...]), source: String(name[..<colon]))
        }
        let found = whole.isEmpty ? parted ?? [] : whole
        if found.count == 1, let row = found.first { return row }
        if found.isEmpty { throw unknown(name) }
        let choices = found.prefix(5).map { "\(records.key($0).source):\(records.key($0).recordID)" }
        throw Failure(
            .badInput, code: "E-EXP-002",
            Text(en: "\(found.count) records have the id “\(name)”", zh: "有 \(found.count) 条记录的编号为“\(name)”"),
            advice: Text(
                en: "Say which one: \(choices.joined(separator: ", ")).",
                zh: "请写明是哪一条：\(choices.joined(separator: "、"))。"))
    }

    private func rows(id: String, source: String?) -> [Int] {
        records.sources.indices.flatMap { index -> [Int] in
            let table = records.sources[index]
            if let source, source != table.source { return [] }
            let code = (0..<table.recordIDPool.count).first { table.recordIDPool[UInt32($0)] == id }
            guard let code else { return [] }
            return table.recordIDs.indices.filter { table.recordIDs[$0] == UInt32(code) }.map {
                records.starts[index] + $0
            }
        }
    }

    private func unknown(_ name: String) -> Failure {
        let nearest = nearest(to: name)
        let sources = records.sources.map(\.source).joined(separator: ", ")
        return Failure(
            .badInput, code: "E-EXP-001", Text(en: "no record has the id “\(name)”", zh: "没有编号为“\(name)”的记录"),
            advice: nearest.isEmpty
                ? Text(
                    en: "Give the id of a record as its export has it, or SOURCE:ID; the sources are: \(sources).",
                    zh: "请给出导出文件中的记录编号，或“来源:编号”；来源有：\(sources)。")
                : Text(
                    en: "The nearest are: \(nearest.joined(separator: ", ")).",
                    zh: "最接近的有：\(nearest.joined(separator: "、"))。"))
    }

    /// What has a colon is compared as a whole, anything else with the id alone.
    private func nearest(to name: String) -> [String] {
        var nearest = NearestNames(to: name)
        for table in records.sources {
            for code in 1..<max(1, table.recordIDPool.count) {
                let id = table.recordIDPool[UInt32(code)]
                let whole = "\(table.source):\(id)"
                nearest.consider(name.contains(":") ? whole : id, saidAs: whole)
            }
        }
        return nearest.names
    }
}
