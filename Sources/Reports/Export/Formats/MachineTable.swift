import Records

extension ExportFormat {
    /// RFC 4180 to the letter: UTF-8 without a mark, CRLF, quotes only where they are needed. Every cell as it is.
    static let machine = ExportFormat(
        stream: "machine",
        Text(en: "CSV for programs: lossless, RFC 4180, UTF-8", zh: "供程序读取的 CSV：无损，RFC 4180，UTF-8"), ending: "csv"
    ) { table, _, sink, _ in
        sink.expectRows()
        let end = Array("\r\n".utf8)
        func line(_ row: TableRow, _ sink: inout FileSink) {
            for cell in 0..<row.count { row.withCell(cell) { sink.cell(utf8: $0) } }
            sink.endCells(end)
        }
        line(TableRow(table.columns.map(\.name)), &sink)
        try table.eachRow { row in
            line(row, &sink)
            sink.countRow()
            try sink.checkRow()
        }
    }
}
