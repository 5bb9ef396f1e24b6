import Foundation
import Records
import Testing

@testable import Rules

/// Rule books for the tests: a small sound one, the shipped ones, and what the reader says of a text.
enum Books {
    static let small = """
        registry: Clients
        purpose: Count the clients once
        sources:
          office:
            file: ../inputs/office.csv
            record_id: no
            fields: { name: xm, id_number: sfzh, birth_date: csrq, sex: xb, area: qh }
        fields:
          name: { type: person_name, required: true }
          id_number: { type: resident_id }
          birth_date: { type: date }
          sex: { type: code, codes: { 男: M, 女: F } }
          area: { type: division }

        """

    /// The small book with one section put in front of the sources, or a part of it replaced.
    static func small(adding section: String) -> String {
        small + section
    }

    static func small(replacing part: String, with text: String) -> String {
        precondition(small.contains(part), "the small book has no \(part)")
        return small.replacing(part, with: text)
    }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../rules").standardized

    static func problems(_ text: String) -> [RuleProblem] {
        do {
            _ = try RuleBook.parse(text, path: "book.yaml")
            return []
        } catch let errors as RuleBookErrors {
            return errors.problems
        } catch {
            Issue.record("unexpected \(error)")
            return []
        }
    }

    /// `line:column code`, one problem a line.
    static func places(_ text: String) -> [String] {
        problems(text).map { problem in
            "\(problem.place.line ?? 0):\(problem.place.column ?? 0) \(problem.code)"
        }
    }
}
