import Foundation
import Records
import Testing

@testable import Notices

@Suite struct LetterTests {
    private func notice(_ schedule: String = "weekly", registry: String = "登记册") -> Notice {
        Notice(
            event: .held, registry: registry, registryID: "qingku/00", schedule: schedule, outcome: "held",
            planned: "2024-11-24T18:00:00Z", finished: "2024-11-24T18:00:09Z", missed: 2, attempt: 1, run: 3,
            code: "E-GATE-001", alarms: [.init(alarm: "volume", measured: 0.4, limit: 0.2)],
            counts: ["pairs": 4, "errors": 7])
    }

    private func letter(_ notice: Notice, _ language: Language = .english) -> Letter {
        Letter(
            notice, from: "qingku@example.org", to: ["a@example.org", "b@example.org"], language: language,
            time: Date(timeIntervalSince1970: 1_732_471_209), id: "abc")
    }

    private func body(_ letter: Letter) throws -> String {
        let parts = letter.text.components(separatedBy: "\n\n")
        let data = try #require(Data(base64Encoded: parts[1].filter { !$0.isNewline }))
        return String(decoding: data, as: UTF8.self)
    }

    @Test func `a letter has the headers that a mail program asks for, and its text comes back whole`() throws {
        let letter = letter(notice())
        let head = letter.text.components(separatedBy: "\n\n")[0]
        for line in [
            "From: qingku@example.org", "To: a@example.org,", " b@example.org", "Date: Sun, 24 Nov 2024 18:00:09 +0000",
            "Message-ID: <abc@example.org>", "MIME-Version: 1.0", "Content-Transfer-Encoding: base64",
        ] { #expect(head.split(separator: "\n").contains { $0 == line }, "\(line)") }
        #expect(letter.text.split(separator: "\n").allSatisfy { $0.utf8.count <= 78 })
        #expect(
            try body(letter).hasPrefix(
                """
                Schedule: weekly
                Planned: 2024-11-24T18:00:00Z
                Finished: 2024-11-24T18:00:09Z
                Result: held back
                Newest run: 3
                Missed before: 2
                Code: E-GATE-001
                Alarm volume: 0.4, limit 0.2
                Pairs to decide: 4
                Open findings, errors: 7

                """))
        #expect(try body(self.letter(notice(), .chinese)).contains("待判定的记录对：4\n未解决的问题：错误：7\n"))
        #expect(try body(self.letter(notice(), .chinese)).contains("结果：暂不发布"))
    }

    @Test(arguments: [
        "x\r\nBcc: everybody@example.org", "x\n\nbody", String(repeating: "计划", count: 100), "=?utf-8?B?eA==?=",
    ])
    func `SEC-24: a name with line ends or of any length stays within its header`(_ name: String) throws {
        let letter = letter(notice(name, registry: name))
        let head = letter.text.components(separatedBy: "\n\n")[0].split(separator: "\n")
        let names = head.filter { !$0.hasPrefix(" ") }.map { String($0.prefix { $0 != ":" }) }
        #expect(
            names == [
                "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
                "Content-Transfer-Encoding",
            ])
        #expect(head.allSatisfy { $0.utf8.allSatisfy { (32..<127).contains($0) } })
        #expect(head.allSatisfy { $0.utf8.count <= 90 })
    }

    @Test(arguments: [
        ("registry@example.org", true), ("a.b+c@h", true), ("", false), ("a@", false), ("a@b@c", false),
        ("a b@c", false), ("a@b\nBcc: c", false), ("<a@b>", false), ("a@b,c@d", false), ("名@例", false),
    ])
    func `what cannot stand in a header as it is is no address`(_ text: String, _ isAddress: Bool) {
        #expect(Letter.isAddress(text) == isAddress)
    }
}
