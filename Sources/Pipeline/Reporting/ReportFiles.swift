import Foundation
import Records
package import Reports
import Workspace

/// Where reports go. What names records, by their ids and with masked values, lies in the outbox of the workspace, in a folder
/// that goes with the next erasure; everything else has counts alone and may lie anywhere.
package enum ReportFiles {
    package enum Format: String, Sendable, CaseIterable {
        case html
        case markdown
        case xlsx
        case json

        package var ending: String { self == .markdown ? "md" : rawValue }
    }

    /// What is written.
    package enum Subject: Sendable {
        case run(RunFacts)
        case bulletin(Bulletin)

        var language: Language {
            switch self {
            case .run(let facts): facts.language
            case .bulletin(let bulletin): bulletin.language
            }
        }

        var numbers: ReportNumbers {
            switch self {
            case .run(let facts): ReportNumbers(facts)
            case .bulletin(let bulletin): ReportNumbers(bulletin)
            }
        }

        /// Of its folder in the outbox.
        var name: String {
            switch self {
            case .run(let facts):
                let digits = String(facts.run)
                return "report-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            case .bulletin(let bulletin):
                return "bulletin-" + bulletin.period.id + (bulletin.area.map { "-" + Outbox.fileName(for: $0) } ?? "")
            }
        }

        package var withoutExamples: Subject {
            if case .run(let facts) = self { .run(facts.withoutExamples) } else { self }
        }
    }

    /// The bytes of one format.
    ///
    /// - Throws: `E-OUT-002` when a workbook cannot be put together.
    package static func bytes(_ subject: Subject, _ format: Format) throws -> [UInt8] {
        let (numbers, language) = (subject.numbers, subject.language)
        switch format {
        case .html:
            switch subject {
            case .run(let facts): return Array(HTMLReport.html(facts).utf8)
            case .bulletin(let bulletin): return Array(BulletinPage.html(bulletin).utf8)
            }
        case .markdown: return Array(ReportMarkdown.text(numbers, language).utf8)
        case .json: return Array(ReportJSON.document(numbers, language).text.utf8)
        case .xlsx:
            let folder = NSTemporaryDirectory() + "/qingku-" + UUID().uuidString
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try ReportWorkbook.write(numbers, language, to: folder + "/report.xlsx")
            return Array(FileManager.default.contents(atPath: folder + "/report.xlsx") ?? Data())
        }
    }

    /// Writes a folder into the outbox of the workspace, in place of an earlier one of the same run or period.
    ///
    /// - Returns: paths of the files.
    /// - Throws: as `Outbox.write`.
    package static func store(_ subject: Subject, _ formats: [Format], workspace: String) throws -> [String] {
        let folder = workspace + "/outbox/" + subject.name
        var names: [String] = []
        try Outbox.write(to: folder) { outbox in
            for format in formats {
                let name = (subject.name.hasPrefix("report") ? "report." : "bulletin.") + format.ending
                let bytes = try bytes(subject, format)
                try outbox.file(name) { sink in
                    sink.append(bytes)
                    try sink.check()
                }
                names.append(name)
            }
        } manifest: { files, sink in
            sink.append(ReportJSON.document(subject.numbers, subject.language, files: files).text)
            try sink.check()
        }
        return names.map { folder + "/" + $0 }
    }

    /// Writes one file anywhere, without records to look up.
    ///
    /// - Throws: `E-OUT-006` for a file in the folder of a run; as `PrivateFile`.
    package static func deliver(_ subject: Subject, _ format: Format, to path: String, workspace: String) throws {
        let store = try WorkspaceStore.openReadOnly(directory: workspace)
        try OutboxPlace.refuseRunFolder(URL(fileURLWithPath: path).deletingLastPathComponent().path, store)
        let new = path + ".tmp-\(getpid())"
        try PrivateFile.write(try bytes(subject.withoutExamples, format), to: new)
        do {
            try PrivateFile.rename(new, to: path)
        } catch {
            unlink(new)
            throw error
        }
    }
}
