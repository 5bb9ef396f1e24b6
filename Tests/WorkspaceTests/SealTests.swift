import Records
import Testing

@testable import Workspace

struct SealTests {
    private static let source = Sample.source("a", [["1", "李强", ""], ["2", "王秀", ""], ["3", "张三", ""]])

    @Test func `rows are sealed on their way in as they are stored`() throws {
        let sample = Sample()
        let store = try sample.open()
        let other = Sample.source("b", [["1", "赵四", ""], ["1", "赵五", ""]]).held(by: [1: 1])
        // One record is new, one has changed, one is as it was, one has vanished.
        let later = Sample.source("a", sha: "b", [["1", "李强", "1"], ["3", "张三", ""], ["9", "钱六", ""]])
        try store.commit { writer in
            try Sample.run(
                writer, [Self.source, other], persons: [1, 2, 3, 1, 4], new: [1, 2, 3, 4],
                findings: [
                    Finding(kind: .error, check: "q", severity: .info, row: 2, field: 1, detail: "。"),
                    Finding(kind: .duplicate, check: "d", severity: .warning, row: 0, otherRow: 3),
                ])
            _ = try writer.importBatch(later, schema: Sample.schema, time: Sample.time, event: 1)
            _ = try writer.importBatch(later, schema: Sample.schema, time: Sample.time, event: 1)
            let seal = try writer.sealRows()
            #expect(try RowSeals.next(RunningSeals(), writer.db) == seal)
            let rows = ["record", "record_version", "person", "membership", "finding"].map { name in
                seal.parts.first { $0.table == name }?.rows
            }
            #expect(rows == [6, 8, 4, 5, 2])
        }
    }
}
