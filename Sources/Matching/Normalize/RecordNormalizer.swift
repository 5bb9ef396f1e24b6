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
        let normalizer = Normalizer(for: field)
        var interner = TextInterner(expecting: cells.reduce(0) { $0 + ($1?.values.count ?? 0) })
        var isWellFormed = [false]
        var codes: [UInt32] = []
        codes.reserveCapacity(sources.reduce(0) { $0 + $1.count })
        var buffer: [UInt8] = []
        for (source, column) in zip(sources, cells) {
            guard let column else {
                codes.append(contentsOf: repeatElement(0, count: source.count))
                continue
            }
            var recoded = [UInt32](repeating: 0, count: column.values.count)
            for raw in 1..<max(1, column.values.count) {
                let isGood = column.values.withUTF8(UInt32(raw)) { normalizer.normalize($0, into: &buffer) }
                let code = buffer.withUnsafeBufferPointer { interner.intern($0) }
                if Int(code) == isWellFormed.count { isWellFormed.append(isGood) }
                recoded[raw] = code
            }
            for code in column.codes { codes.append(recoded[Int(code)]) }
        }
        return RecordTable.Column(codes: codes, values: interner.pool, isWellFormed: isWellFormed)
    }
}
