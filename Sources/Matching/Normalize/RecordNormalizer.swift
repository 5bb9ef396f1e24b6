import Dispatch
package import Records
import Synchronization

/// Turns the exports of a run into the columns that everything after it works on.
///
/// Every distinct cell of a source column is normalised once; records then only exchange one code for another. Fields do not
/// know each other, so they are spread over threads; codes are given in the order of sources and of first appearance, whatever
/// the number of threads.
package enum RecordNormalizer {
    package static func normalize(schema: Schema, sources: [SourceTable], threads: Int) -> RecordTable {
        // The columns with most text first, so that no thread is left alone with a long one at the end.
        let sizes = schema.fields.indices.map { field in
            sources.reduce(0) { $0 + ($1.columns[field]?.values.bytes.count ?? 0) }
        }
        let order = schema.fields.indices.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
        let results = Mutex([RecordTable.Column?](repeating: nil, count: order.count))
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, order.count))) { _ in
            while true {
                let turn = next.add(1, ordering: .relaxed).oldValue
                guard turn < order.count else { return }
                let column = column(schema.fields[order[turn]], sources.map { $0.columns[order[turn]] }, sources)
                results.withLock { $0[order[turn]] = column }
            }
        }
        let columns = results.withLock { $0 }
        return RecordTable(schema: schema, sources: sources, columns: columns.compactMap { $0 })
    }

    /// `cells`: the field's column in each source.
    private static func column(
        _ field: Field, _ cells: [SourceTable.Column?], _ sources: [SourceTable]
    ) -> RecordTable.Column {
        var values = NormalizedValues(for: field)
        let recodings = cells.map { $0.map { values.add($0.values) } }
        let isAsWritten = sources.count == 1 && recodings[0] == .unchanged
        var codes: [UInt32] = isAsWritten ? cells[0]?.codes ?? [] : []
        if !isAsWritten {
            codes.reserveCapacity(sources.reduce(0) { $0 + $1.count })
            for (index, source) in sources.enumerated() {
                switch recodings[index] {
                case nil: codes.append(contentsOf: repeatElement(0, count: source.count))
                case .unchanged: codes.append(contentsOf: cells[index]?.codes ?? [])
                case .to(let codeOf):
                    codeOf.withUnsafeBufferPointer { codeOf in
                        for code in cells[index]?.codes ?? [] { codes.append(codeOf[Int(code)]) }
                    }
                }
            }
        }
        return RecordTable.Column(codes: codes, values: values.pool, isWellFormed: values.isWellFormed)
    }
}
