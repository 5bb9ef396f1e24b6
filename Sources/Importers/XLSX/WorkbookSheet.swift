/// A sheet of an XLSX workbook as texts, read for what people typed into it (ECMA-376). Numbers and dates come as the
/// file has them; a formula is not worked out.
package struct WorkbookSheet: Sendable {
    package enum Cell: Sendable, Hashable {
        case text(String)
        case formula
    }

    /// By row as the program that shows it counts, from 1, and column from 0.
    package let rows: [(number: Int, cells: [Int: Cell])]

    static let mostRows = 20_000
    static let mostColumns = 4_100

    /// - Parameter sheet: its place, from 0.
    /// - Throws: `E-XLS-001` for what is no workbook, `E-XLS-002` for one that is too large.
    package init(_ bytes: [UInt8], sheet place: Int = 0) throws {
        let archive = try ZipArchive(bytes)
        guard let path = try Self.path(archive, place), let sheet = try archive.file(path) else {
            throw ZipArchive.broken
        }
        let shared = try archive.file("xl/sharedStrings.xml").map(Self.strings) ?? []
        rows = try Self.rows(sheet, shared)
    }

    private static func path(_ archive: ZipArchive, _ place: Int) throws -> String? {
        guard let book = try archive.file("xl/workbook.xml"),
            let relations = try archive.file("xl/_rels/workbook.xml.rels")
        else { throw ZipArchive.broken }
        var ids: [String?] = []
        try each(book) { node in
            // The relation's `id` hides the sheet's own number, `sheetId`.
            if case .start("sheet", let attributes, _) = node { ids.append(attributes["id"]) }
        }
        guard ids.indices.contains(place), let id = ids[place] else { return nil }
        var target: String?
        try each(relations) { node in
            if case .start("Relationship", let attributes, _) = node, attributes["Id"] == id {
                target = attributes["Target"]
            }
        }
        return target.map { $0.hasPrefix("/") ? String($0.dropFirst()) : "xl/" + $0 }
    }

    private static func each(_ bytes: [UInt8], _ body: (XMLPull.Node) throws -> Void) throws {
        let pull = try XMLPull(bytes)
        while let node = try pull.next() { try body(node) }
    }

    /// Texts that cells point to. Parts in different styles are one text; the reading of characters (`rPh`) is none of it.
    private static func strings(_ bytes: [UInt8]) throws -> [String] {
        var strings: [String] = []
        var current = ""
        var (isText, phonetic) = (false, 0)
        try each(bytes) { node in
            switch node {
            case .start("si", _, let isEmpty):
                current = ""
                if isEmpty { strings.append("") }
            case .end("si"): strings.append(decoded(current))
            case .start("rPh", _, let isEmpty): phonetic += isEmpty ? 0 : 1
            case .end("rPh"): phonetic -= 1
            case .start("t", _, let isEmpty): isText = !isEmpty
            case .end("t"): isText = false
            case .text(let text): if isText, phonetic == 0 { current += text }
            default: break
            }
        }
        return strings
    }

    private static func rows(_ bytes: [UInt8], _ shared: [String]) throws -> [(number: Int, cells: [Int: Cell])] {
        var rows: [(number: Int, cells: [Int: Cell])] = []
        var cells: [Int: Cell] = [:]
        var (number, column, kind, text) = (0, -1, "", "")
        var (isValue, isFormula, phonetic) = (false, false, 0)
        func endCell() throws {
            guard column >= 0, column < mostColumns else { return }
            if isFormula {
                cells[column] = .formula
            } else if kind == "s" {
                guard let place = Int(text), shared.indices.contains(place) else { throw ZipArchive.broken }
                cells[column] = .text(shared[place])
            } else if !text.isEmpty {
                cells[column] = .text(kind == "inlineStr" || kind == "str" ? decoded(text) : text)
            }
        }
        try each(bytes) { node in
            switch node {
            case .start("row", let attributes, _):
                number = attributes["r"].flatMap { Int($0) } ?? number + 1
                guard (1...1_048_576).contains(number) else { throw ZipArchive.broken }
                (cells, column) = ([:], -1)
                guard rows.count < mostRows else { throw ZipArchive.tooLarge }
            case .end("row"): if !cells.isEmpty { rows.append((number, cells)) }
            case .start("c", let attributes, _):
                column = attributes["r"].flatMap(Self.column) ?? column + 1
                (kind, text, isValue, isFormula) = (attributes["t"] ?? "n", "", false, false)
            case .end("c"): try endCell()
            case .start("f", _, _): isFormula = true
            case .start("v", _, let isEmpty), .start("t", _, let isEmpty): isValue = !isEmpty
            case .end("v"), .end("t"): isValue = false
            case .start("rPh", _, let isEmpty): phonetic += isEmpty ? 0 : 1
            case .end("rPh"): phonetic -= 1
            case .text(let part): if isValue, phonetic == 0 { text += part }
            default: break
            }
        }
        return rows
    }

    /// `AB12` → 27.
    private static func column(_ name: String) -> Int? {
        var number = 0
        for byte in name.utf8.prefix(while: { (0x41...0x5A).contains($0) }).prefix(4) {
            number = number * 26 + Int(byte - 0x40)
        }
        return number == 0 ? nil : number - 1
    }

    /// `_x000A_` is the character (ST_Xstring).
    private static func decoded(_ text: String) -> String {
        guard text.contains("_x") else { return text }
        var result = String.UnicodeScalarView()
        var rest = Array(text.unicodeScalars)[...]
        while let scalar = rest.first {
            let part = rest.prefix(7)
            if scalar == "_", part.count == 7, part[part.startIndex + 1] == "x", part[part.startIndex + 6] == "_",
                let value = UInt32(String(String.UnicodeScalarView(part.dropFirst(2).prefix(4))), radix: 16),
                let character = Unicode.Scalar(value)
            {
                result.append(character)
                rest = rest.dropFirst(7)
            } else {
                result.append(scalar)
                rest = rest.dropFirst()
            }
        }
        return String(result)
    }
}
