import Foundation
import Pipeline
import Records
import Reports
import Testing

@testable import ReviewDesk

/// Finding records, and all of them.
struct SearchTests {
    @Test func `a person is found by the date of birth, however it is written`() throws {
        let desk = try RegistryDesk()
        let record = try #require(
            try desk.session.search("wang", limit: 200).first { record in
                record.cells.contains { $0.field == "birth_date" && $0.value.count == 10 }
            })
        let date = try #require(record.cells.first { $0.field == "birth_date" }).value
        let parts = date.split(separator: "-").map { Int($0) ?? 0 }
        for text in [
            date, date.replacing("-", with: ""), "\(parts[0])/\(parts[1])/\(parts[2])",
            "\(parts[0])年\(parts[1])月\(parts[2])日", "\(parts[0])-\(parts[1])-\(parts[2])",
        ] {
            #expect(try desk.session.search(text, isWhole: true).contains { $0.key == record.key }, "\(text)")
        }
    }

    @Test func `what does not fit one page goes on on the next, and the page says how many there are`() async throws {
        let desk = try RegistryDesk()
        let found = try desk.session.find("w", limit: 50)
        #expect(found.total > 50 && found.records.count == 50)
        let rest = try desk.session.find("w", from: 50, limit: 50)
        #expect(rest.total == found.total)
        #expect(Set(rest.records.map(\.record)).isDisjoint(with: found.records.map(\.record)))
        var li = try await desk.enter("li", [.reviewer])
        let first = await li.get("/search?q=w").text
        #expect(first.contains("\(found.total.grouped) records") && first.contains("(1 – 50 on this page)"))
        #expect(first.contains("/search?q=w&amp;page=2"))
        let second = await li.get("/search?q=w&page=2").text
        #expect(second.contains("(51 – "))
        // A number that is too short is no way in by its beginning.
        #expect(await li.get("/search?q=1985").text.contains("class=\"empty\""))
    }

    @Test func `SEC-35: a number is found whole, and not by its beginning, however it is typed`() throws {
        let desk = try RegistryDesk()
        let numbers = try desk.session.search("w", limit: 200).flatMap(\.cells).filter {
            $0.kind == .residentID && $0.isWellFormed && $0.value.count == 18
        }
        let number = try #require(numbers.first).value
        #expect(try !desk.session.search(number).isEmpty)
        for length in [6, 10, 14, 17] {
            let beginning = String(number.prefix(length))
            for text in [beginning, beginning + "'", "'" + beginning, beginning + "-", beginning + " '"] {
                let found = try desk.session.search(text).flatMap(\.cells)
                #expect(!found.contains { $0.value == number }, "\(text)")
            }
        }
    }

    @Test func `a finding names whose it is and leads there`() async throws {
        let desk = try RegistryDesk()
        var li = try await desk.enter("li", [.reviewer])
        let page = await li.get("/findings").text
        let found = try desk.session.findings(DeskFindingFilter(), limit: 50)
        #expect(found.records.count == Set(found.findings.map(\.id)).count)
        for finding in found.findings {
            let record = try #require(found.records[finding.id])
            #expect(record.key.recordID == finding.recordID && record.key.source == finding.source)
            if !record.person.isEmpty { #expect(page.contains("/persons/\(record.person)\"")) }
        }
    }
}
