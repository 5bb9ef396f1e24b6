import GRDB
import Records
import Testing

@testable import Workspace

struct BatchTests {
    static let first = Sample.source("a", sha: "1", [["1", "李强", "13800000001"], ["2", "王秀", ""], ["3", "", "x"]])

    static func importing(_ sources: [SourceTable]) throws -> (Sample, [WorkspaceWriter.ImportResult]) {
        let sample = Sample()
        let results = try sources.map { source in
            let store = try sample.open()
            return try store.commit { try $0.importBatch(source, schema: Sample.schema, time: Sample.time, event: 1) }
        }
        return (sample, results)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let title: String
        let sources: [SourceTable]
        /// Of the last import; `nil`: already imported.
        let counts: Batch.Counts?
        let versions: Int

        var testDescription: String { title }
    }

    static let cases: [Case] = [
        Case(
            title: "a first import is all new", sources: [first],
            counts: .init(records: 3, new: 3, changed: 0, unchanged: 0, vanished: 0), versions: 3),
        Case(title: "the same file again is nothing", sources: [first, first], counts: nil, versions: 3),
        Case(
            title: "another file with the same records stores none again",
            sources: [
                first,
                Sample.source("a", sha: "2", [["3", "", "x"], ["1", "李强", "13800000001"], ["2", "王秀", ""]]),
            ],
            counts: .init(records: 3, new: 0, changed: 0, unchanged: 3, vanished: 0), versions: 3),
        Case(
            title: "new, changed and vanished records are told apart",
            sources: [
                first, Sample.source("a", sha: "2", [["1", "李强", "13800000002"], ["2", "王秀", ""], ["4", "张三", ""]]),
            ],
            counts: .init(records: 3, new: 1, changed: 1, unchanged: 1, vanished: 1), versions: 6),
        Case(
            title: "a cell that moves to its neighbour is a change",
            sources: [
                first, Sample.source("a", sha: "2", [["1", "李强13800000001", ""], ["2", "王秀", ""], ["3", "x", ""]]),
            ],
            counts: .init(records: 3, new: 0, changed: 2, unchanged: 1, vanished: 0), versions: 5),
        Case(
            title: "a record that comes back is stored anew, and vanishes once",
            sources: [
                first, Sample.source("a", sha: "2", [["1", "李强", "13800000001"]]),
                Sample.source("a", sha: "3", [["1", "李强", "13800000001"], ["2", "王秀", ""]]),
            ],
            counts: .init(records: 2, new: 0, changed: 1, unchanged: 1, vanished: 0), versions: 6),
        Case(
            title: "an older file after a newer one is read again",
            sources: [
                first, Sample.source("a", sha: "2", [["1", "李强", ""], ["2", "王秀", ""], ["3", "", "x"]]), first,
            ],
            counts: .init(records: 3, new: 0, changed: 1, unchanged: 2, vanished: 0), versions: 5),
        Case(
            title: "the same file read into other fields is read again",
            sources: [
                first, Sample.source("a", sha: "1", headers: ["姓名", nil], [["1", "李强"], ["2", "王秀"], ["3", ""]]),
            ],
            counts: .init(records: 3, new: 0, changed: 3, unchanged: 0, vanished: 0), versions: 6),
        Case(
            title: "the same file read in another encoding is read again",
            sources: [
                first, Sample.source("a", sha: "1", [["1", "Àî", "13800000001"], ["2", "王秀", ""], ["3", "", "x"]]),
            ],
            counts: .init(records: 3, new: 0, changed: 1, unchanged: 2, vanished: 0), versions: 4),
        Case(
            title: "sources do not mix", sources: [first, Sample.source("b", sha: "1", [["1", "李强", "13800000001"]])],
            counts: .init(records: 1, new: 1, changed: 0, unchanged: 0, vanished: 0), versions: 4),
        Case(
            title: "an id that is somebody else's is a new record, and who had it is gone",
            sources: [
                first,
                Sample.source("a", sha: "2", [["1", "赵六", "x"], ["2", "王秀", ""], ["3", "", "x"]]).held(by: [0: 1]),
            ],
            counts: .init(records: 3, new: 1, changed: 0, unchanged: 2, vanished: 1, reassigned: 1), versions: 5),
        Case(
            title: "an empty export is a batch without records", sources: [Sample.source("a", sha: "1", [])],
            counts: .init(records: 0, new: 0, changed: 0, unchanged: 0, vanished: 0), versions: 0),
    ]

    @Test("what an import stores", arguments: cases)
    func imports(_ test: Case) throws {
        let (sample, results) = try Self.importing(test.sources)
        switch try #require(results.last) {
        case .imported(let batch):
            #expect(batch.counts == test.counts)
            #expect(batch.id == results.count)
        case .already(let batch):
            #expect(test.counts == nil)
            #expect(batch.id == 1)
        }
        let store = try sample.open()
        #expect(try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM record_version") } == test.versions)
        #expect(try Sample.problems(store).isEmpty)

        let last = try #require(test.sources.last)
        let batch = try #require(try store.liveBatches(ofSource: last.source).last)
        let again = try store.sourceTable(batch, profile: last.profile, schema: Sample.schema)
        #expect(cells(again) == cells(last))
        #expect(again.lines == last.lines)
        #expect(again.offsets == last.offsets)
        #expect(again.file == last.file)
        #expect(again.columns.map { $0?.header } == last.columns.map { $0?.header })
    }

    @Test func `batches are listed as they came`() throws {
        let (sample, _) = try Self.importing([Self.first, Sample.source("b", [["1", "", ""]])])
        let store = try sample.open()
        #expect(try store.batches().map(\.source) == ["a", "b"])
        let batch = try #require(try store.batches(ofSource: "a").first)
        #expect(batch.file == Self.first.file)
        #expect(batch.importedAt == Sample.time)
        #expect(try store.batches(ofSource: "c").isEmpty)
    }

    @Test(
        "numbers of any size keep their value",
        arguments: [0, 1, -1, 63, 64, -64, -65, 300, .max, .min] as [Int64])
    func varints(_ value: Int64) {
        var bytes: [UInt8] = []
        bytes.append(signed: value)
        var place = 0
        #expect(bytes.withUnsafeBufferPointer { $0.signed(at: &place) } == value)
        #expect(place == bytes.count)
        #expect(
            bytes.dropLast().isEmpty
                || Array(bytes.dropLast()).withUnsafeBufferPointer { buffer in
                    var place = 0
                    return buffer.signed(at: &place) == nil
                })
    }

    @Test(
        "bytes that are no cells are refused",
        arguments: [
            ([1], 1), ([0], 2), ([0, 0], 1), ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], 1),
        ]
            as [([UInt8], Int)])
    func noCells(_ bytes: [UInt8], _ count: Int) {
        #expect(bytes.withUnsafeBufferPointer { RecordCells.decode($0, count: count) } == nil)
    }
}
