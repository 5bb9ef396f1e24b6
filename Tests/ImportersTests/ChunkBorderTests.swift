import Records
import Testing

@testable import Importers

/// Whatever pieces a file comes in, the table, the places and the issues are the same.
struct ChunkBorderTests {
    private static let csv: [[UInt8]] = [
        Array("id,姓名,b\r\n1,王伟,\"x\r\ny\"\r\n2,\"a\"\"b\",c\r\n\r\n3,\"lost,q\r\n4,\"ok\",\"z\"\r\n1,𠮷,锟斤拷\r\n".utf8),
        Array("sep=;\nid;姓名;b\n1;x;y;\n2;x\n3;\"p\"q;\"r\" \n4;5\"6;\"\n".utf8),
        [0xEF, 0xBB, 0xBF] + Array("id,姓名,b\r1,王".utf8) + [0xFF, 0xE4, 0xBC] + Array("a,\u{0}\r2,李娜,c".utf8),
        encoded("id,姓名,b\r\n1,王伟𠮷,\"x\r\ny\"\r\n2,李娜,c\r\n3,张三,d", "GB18030"),
        [0xFF, 0xFE] + encoded("id,姓名,b\r\n1,王伟𠮷,\"x\r\ny\"\r\n2,李娜,c\r\n3,张三,d", "UTF-16LE"),
        [0xFE, 0xFF] + encoded("id,姓名,b\n1,王伟𠮷,\"x\ny\"\n2,李娜,c\n", "UTF-16BE") + [0x4E],
        encoded("id,姓名,b\r\n1,陳大文,臺北市\r\n2,黃美玲,高雄縣\r\n", "BIG5"),
    ]

    @Test(arguments: csv, [1, 2, 3, 7, 64])
    func `CSV`(_ bytes: [UInt8], _ size: Int) throws {
        let use = plan(["姓名", "b"], id: "id")
        let whole = try read(bytes, use, chunkSize: 1 << 20)
        #expect(whole.table.count >= 2)
        #expect(try read(bytes, use, chunkSize: size).everything == whole.everything)
    }

    private static let xml: [[UInt8]] = [
        Array(
            "<?xml version='1.0'?>\n<r>\n<c no='1'\n k='a&amp;b'><n>王<![CDATA[<&]]>伟</n><m>1</m><m>2</m></c>\n<c no='2'/></r>\n"
                .utf8),
        [0xEF, 0xBB, 0xBF]
            + Array("<r><c no='1' k='x'><n>&#x20BB7;</n></c><!-- - --><?p?><c no='1'><m> </m></c></r>".utf8),
        Array("<r><c no='1' k='x'><n>王</n><m/></c>\n<c no='2'><n>cut".utf8),
        encoded(
            "<?xml version='1.0' encoding='GB18030'?><r><c no='1' k='王'><n>伟𠮷</n><m>男</m></c><c no='2'/></r>", "GB18030"
        ),
        [0xFF, 0xFE]
            + encoded("<?xml version='1.0' encoding='UTF-16'?><r><c no='1' k='王'><n>伟𠮷</n><m>男</m></c></r>", "UTF-16LE"),
        [0xFE, 0xFF]
            + encoded("<?xml version='1.0' encoding='UTF-16'?><r><c no='1' k='王'><n>伟𠮷</n><m>男</m></c></r>", "UTF-16BE"),
    ]

    @Test(arguments: xml, [1, 2, 3, 7, 64])
    func `XML`(_ bytes: [UInt8], _ size: Int) throws {
        let use = plan(["n", "m", "@k"], format: .xml, id: "@no", record: "/r/c")
        let whole = try read(bytes, use, chunkSize: 1 << 20)
        #expect(whole.table.count >= 1)
        #expect(try read(bytes, use, chunkSize: size).everything == whole.everything)
    }
}
