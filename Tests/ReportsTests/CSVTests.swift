import Records
import Testing

@testable import Reports

struct CSVTests {
    @Test(arguments: [
        (["a", "b"], "a,b\n"), (["", ""], ",\n"), ([""], "\"\"\n"), (["a b"], "a b\n"), (["a,b"], "\"a,b\"\n"),
        (["say \"hi\""], "\"say \"\"hi\"\"\"\n"), (["two\nlines"], "\"two\nlines\"\n"), (["cr\r"], "\"cr\r\"\n"),
        (["=1+1"], "=1+1\n"), (["\"\u{308}"], "\"\"\"\u{308}\"\n"), (["张三", "𠮷"], "张三,𠮷\n"), ([" x "], " x \n"),
    ])
    func `cells are quoted only where they must be`(cells: [String], line: String) throws {
        let text = try written { sink in
            for cell in cells { sink.cell(cell) }
            try sink.endRow()
        }
        #expect(Array(text.utf8) == Array(line.utf8))
    }

    @Test func `a mark is seen wherever it stands, and a cell may be longer than the buffer`() throws {
        for mark in [",", "\"", "\r", "\n"] {
            for place in 0..<20 {
                let cell = String(repeating: "汉", count: place) + mark + String(repeating: "b", count: 19 - place)
                let text = try written { $0.cell(cell) }
                #expect(text.hasPrefix("\"") && text.hasSuffix("\""))
            }
        }
        let plain = try written { $0.cell(String(repeating: "-+!#.\u{B}\u{C}\u{E}", count: 3)) }
        #expect(!plain.contains("\""))
        let long = String(repeating: "0123456789", count: 100_000)
        #expect(try written { $0.cell(long) } == long)
    }

    @Test func `naughty strings come back as they went`() throws {
        let naughty = [
            "", "\"", "\"\"", ",", "\n", "\r\n", "\t", "\0", "\u{FEFF}x", "\u{202E}abc", "a\u{308}\"b", "😀👨‍👩‍👧", "＝cmd",
            "''", "\\",
            "<script>", "NULL", "\u{2028}", "e\u{301}",
        ]
        let text = try written { sink in
            try sink.header(["left", "right"])
            for (left, right) in zip(naughty, naughty.reversed()) {
                sink.cell(left)
                sink.cell(right)
                try sink.endRow()
            }
        }
        let rows = parse(Array(text.utf8))
        #expect(rows.count == naughty.count + 1)
        for (row, pair) in zip(rows.dropFirst(), zip(naughty, naughty.reversed())) {
            #expect(row.map { Array($0.utf8) } == [Array(pair.0.utf8), Array(pair.1.utf8)])
        }
    }

    /// RFC 4180, as plainly as it can be said.
    private func parse(_ bytes: [UInt8]) -> [[String]] {
        var (rows, row, cell): ([[String]], [String], [UInt8]) = ([], [], [])
        var (index, quoted) = (0, false)
        while index < bytes.count {
            let byte = bytes[index]
            if quoted {
                if byte == 0x22, index + 1 < bytes.count, bytes[index + 1] == 0x22 {
                    cell.append(byte)
                    index += 1
                } else if byte == 0x22 {
                    quoted = false
                } else {
                    cell.append(byte)
                }
            } else if byte == 0x22 {
                quoted = true
            } else if byte == 0x2C || byte == 0x0A {
                row.append(String(decoding: cell, as: UTF8.self))
                cell = []
                if byte == 0x0A {
                    rows.append(row)
                    row = []
                }
            } else {
                cell.append(byte)
            }
            index += 1
        }
        return rows
    }

    @Test(
        arguments: [
            (0, 3, "0.000"), (1.0005, 3, "1.001"), (-0.0004, 3, "0.000"), (-1.5, 0, "-2"), (0.999999, 6, "0.999999"),
            (0.9999999, 6, "1.000000"), (123456.789, 2, "123456.79"), (-0.25, 1, "-0.3"), (.infinity, 2, "inf"),
            (-.infinity, 2, "-inf"),
            (.nan, 2, "nan"), (1e300, 2, "inf"),
        ] as [(Double, Int, String)])
    func `decimals have a fixed count of places`(value: Double, places: Int, text: String) {
        #expect(decimal(value, places) == text)
    }

    @Test(
        arguments: [0, 1, 3, 6, 15],
        [0, 0.5, 0.0004, 0.9999999, 12.3456785, 9_999.995, -0.0001, -2.5, 1e17, 1e300, .nan])
    func `a decimal in a cell is written as everywhere`(places: Int, value: Double) throws {
        let text = try written { sink in
            sink.cell(value, places: places)
            sink.cell("x")
            try sink.endRow()
        }
        #expect(text == decimal(value, places) + ",x\n")
    }

    @Test(arguments: [0, 7, -7, 10, 1_234_567_890, .max, .min])
    func `a whole number in a cell is written plainly`(number: Int) throws {
        let text = try written { sink in
            sink.cell(number)
            sink.cell(UInt8(ascii: "F"), hex: UInt64(bitPattern: Int64(number)))
            try sink.endRow()
        }
        var hash = String(UInt64(bitPattern: Int64(number)), radix: 16)
        hash = String(repeating: "0", count: 16 - hash.count) + hash
        #expect(text == "\(number),F\(hash)\n")
    }
}
