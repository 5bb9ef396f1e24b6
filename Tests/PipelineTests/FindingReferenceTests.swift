import Foundation
import Records
import Testing

@testable import Pipeline

@Suite struct FindingReferenceTests {
    @Test func `README has the findings that no check makes; make checks-table writes them`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../README.md").standardized
        let parts = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "<!-- checks -->\n")
        try #require(parts.count == 3)
        #expect(parts[1].hasSuffix("\n\n" + FindingReference.markdown + "\n"))
    }

    @Test func `each has a name of its own and says something in both languages`() {
        #expect(Set(FindingReference.all.map(\.name)).count == FindingReference.all.count)
        for finding in FindingReference.all {
            #expect(finding.title.en != finding.title.zh && finding.title.en != finding.name, "\(finding.name)")
        }
    }
}
