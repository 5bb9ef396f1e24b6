import Records
import Testing

@testable import Importers

/// Seeded mutations of small files. Whatever comes in, the importer gives a table whose columns have one length, or a failure.
struct FuzzTests {
    private static let csv: [[UInt8]] = [
        Array("id,姓名,b\r\n1,王伟,\"x\r\ny\"\r\n2,\"a\"\"b\",c\r\n\r\n3,\"q\",d\r\n".utf8),
        encoded("id,姓名,b\r\n1,王伟,住\r\n2,李娜,c\r\n", "GB18030"),
        [0xFF, 0xFE] + encoded("id,姓名\n1,王伟\n2,李\n", "UTF-16LE"),
        Array("sep=;\nid;b\n1;'x'\n".utf8),
    ]
    private static let xml: [[UInt8]] = [
        Array(
            "<?xml version='1.0' encoding='UTF-8'?><r><c no='1' k='a&amp;b'><n>王<![CDATA[<&]]>伟</n></c><c no='2'><n/></c></r>"
                .utf8),
        Array("<!DOCTYPE r [<!ENTITY e 'x'>]><r xmlns:p='u'><p:c no='1'>&e;<!-- c --><?p i?></p:c></r>".utf8),
        encoded("<?xml version='1.0' encoding='GB18030'?><r><c no='1'><n>王伟</n></c></r>", "GB18030"),
        [0xFF, 0xFE] + encoded("<r><c no='1'><n>王伟</n></c></r>", "UTF-16LE"),
    ]

    @Test func `CSV never crashes or hangs`() {
        fuzz(
            Self.csv, rounds: 1500, seed: 1,
            plans: [plan(["姓名", "b"], id: "id"), plan(["1", "2"]), plan(["b"], encoding: "gb18030")])
    }

    @Test func `XML never crashes or hangs`() {
        fuzz(
            Self.xml, rounds: 1500, seed: 2,
            plans: [
                plan(["n", "@k", "."], format: .xml, id: "@no", record: "/r/c"),
                plan(["text()", "*:n/text()"], format: .xml, record: "//*:c"),
                plan(["n"], format: .xml, encoding: "gb18030", record: "//c"),
            ])
    }

    private func fuzz(_ seeds: [[UInt8]], rounds: Int, seed: UInt64, plans: [(plan: SourcePlan, schema: Schema)]) {
        var random = SplitMix(state: seed)
        var limits = ImportLimits()
        limits.field = 64
        limits.record = 256
        limits.columns = 8
        for round in 0..<rounds {
            let bytes = mutate(seeds[round % seeds.count], &random)
            let use = plans[round % plans.count]
            let size = [1, 3, 64, 1 << 20][round % 4]
            if let result = try? read(bytes, use, chunkSize: size, limits: limits) {
                let count = result.table.count
                #expect(result.table.lines.count == count && result.table.offsets.count == count)
                #expect(result.table.columns.allSatisfy { $0?.codes.count ?? count == count })
                #expect(Set(result.table.recordIDs).count == count)
                #expect(result.table.offsets.allSatisfy { $0 <= UInt64(bytes.count) || use.plan.format == .xml })
            }
            if round % 8 == 0 { _ = try? Sniffer.sniff(bytes: bytes, name: "file") }
        }
    }

    private func mutate(_ seed: [UInt8], _ random: inout SplitMix) -> [UInt8] {
        var bytes = seed
        let special = Array("\"',;<>&[]!?-/='\n\r\u{0}".utf8) + [0x80, 0xC3, 0xE4, 0xFF, 0xFE]
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes.insert(special.randomElement(using: &random) ?? 0, at: place)
            case 1 where place < bytes.count: bytes.remove(at: place)
            case 2 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 3: bytes.removeLast(bytes.count - place)
            default:
                let end = Int.random(in: place...bytes.count, using: &random)
                bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
            }
        }
        return bytes
    }
}
