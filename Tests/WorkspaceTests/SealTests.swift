import Records
import Testing

@testable import Workspace

struct SealTests {
    private static let source = Sample.source("a", [["1", "李强", ""], ["2", "王秀", ""], ["3", "张三", ""]])

    @Test func `a seal whose long part was made ahead is the same seal`() throws {
        let sample = Sample()
        let store = try sample.open()
        try store.commit { writer in
            try Sample.run(writer, [Self.source], persons: [1, 2, 3], new: [1, 2, 3])
            let plain = try writer.sealRows()
            #expect(plain.parts.first { $0.table == "membership" }?.rows == 3)
            try writer.sealAhead()
            #expect(try writer.sealRows() == plain)
        }
    }
}
