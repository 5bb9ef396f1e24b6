import Foundation
import Records
import Testing

@testable import Rules

@Suite("The built-in checks in README")
struct CheckReferenceTests {
    @Test("stand there as they are; `make checks-table` writes them")
    func table() throws {
        let file = Books.folder.appending(path: "../README.md").standardized
        let readme = try String(contentsOf: file, encoding: .utf8)
        let parts = readme.components(separatedBy: "<!-- checks -->\n")
        try #require(parts.count == 3, "README has the table between two marks")
        #expect(parts[1].hasPrefix(CheckReference.markdown + "\n\n"))
    }

    @Test("say something in both languages", arguments: CheckReference.all.map(\.name))
    func titles(_ name: String) throws {
        let check = try #require(CheckReference.all.first { $0.name == name })
        #expect(!check.title.en.isEmpty && check.title.en != check.title.zh)
        if let limit = check.limit { #expect(!limit.unit.en.isEmpty && limit.unit.en != limit.unit.zh) }
    }
}
