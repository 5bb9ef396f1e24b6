import Notices
import Records
import Testing

@testable import Rules

@Suite struct NotifyRulesTests {
    private func book(_ section: String) throws -> RuleBook {
        try RuleBook.parse(Books.small(adding: section), path: "rules/book.yaml")
    }

    @Test func `without it nobody is told`() throws {
        let plan = try RuleBook.parse(Books.small, path: "book.yaml").notify
        #expect(plan.webhook == nil && plan.mail == nil && !plan.needsNetwork)
    }

    @Test func `a webhook and letters are read, paths from the folder of the rule book`() throws {
        let plan = try book(
            """
            notify:
              events: [done]
              webhook: { url: "https://hooks.example.org/a", key_file: notify.key, timeout: 3 }
              mail: { from: q@example.org, to: [r@example.org], folder: ../drop, sendmail: [/usr/sbin/sendmail, -i, -t] }

            """
        ).notify
        #expect(plan.events == [.done])
        #expect(plan.webhook?.address == WebhookAddress("https://hooks.example.org/a"))
        #expect(plan.webhook?.keyFile == "rules/notify.key" && plan.webhook?.timeout == 3)
        #expect(plan.mail?.folder == "drop" && plan.mail?.sendmail == ["/usr/sbin/sendmail", "-i", "-t"])
        #expect(plan.needsNetwork)
        let plain = try book("notify: { mail: { from: q@example.org, to: [r@example.org], folder: drop } }\n").notify
        #expect(plain.events == [.failed, .held, .alarm] && !plain.needsNetwork)
    }

    @Test(arguments: [
        ("notify: {}", "E-RULES-008"), ("notify: { webhook: {} }", "E-RULES-008"),
        ("notify: { webhook: { url: \"http://example.org/\" } }", "E-RULES-010"),
        ("notify: { webhook: { url: \"https://u:p@example.org/\" } }", "E-RULES-010"),
        ("notify: { webhook: { url: \"https://example.org/\", timeout: 61 } }", "E-RULES-011"),
        ("notify: { events: [finished], webhook: { url: \"https://example.org/\" } }", "E-RULES-010"),
        ("notify: { mail: { from: q@example.org, to: [r@example.org] } }", "E-RULES-008"),
        ("notify: { mail: { from: q@example.org, to: [\"r@x, y@z\"], folder: d } }", "E-RULES-010"),
        ("notify: { mail: { from: q@example.org, to: [r@example.org], sendmail: [sendmail] } }", "E-RULES-010"),
        ("notify: { hook: x }", "E-RULES-007"),
    ])
    func `what cannot be is refused with its line`(_ section: String, _ code: String) {
        let problems = Books.problems(Books.small(adding: section + "\n"))
        #expect(problems.contains { $0.code.rawValue == code }, "\(problems.map(\.message.en))")
        #expect(problems.allSatisfy { $0.place.line != nil })
    }
}
