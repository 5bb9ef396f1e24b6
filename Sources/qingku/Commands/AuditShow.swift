import ArgumentParser
import Foundation
import Pipeline
import Records

struct AuditShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print events of the audit trail, one a line.",
        discussion: """
            Examples:
              qingku audit show --workspace registry.qingku --type decision.made --since 2026-11-01
              qingku audit show --workspace registry.qingku --subject batch:3 --json
            """)

    @Option(help: "Folder of the registry's store.")
    var workspace: String

    @Option(help: "Only events of this type; may be given more than once.")
    var type: [String] = []

    @Option(help: "Only events from this time on, UTC: 2026-11-21 or 2026-11-21T08:00:00Z.")
    var since: String?

    @Option(help: "Only events before this time, UTC.")
    var until: String?

    @Option(help: "Only events about this: batch:3, run:12, decision:7, …")
    var subject: String?

    @Option(help: "Only the newest so many.")
    var last: Int?

    @Option(help: "Language of the text: en or zh (default: the locale's).")
    var language: Language?

    @Flag(help: "Print one JSON object a line, with all fields.")
    var json = false

    @Flag(help: "Show payloads too; they may hold personal data.")
    var payload = false

    func validate() throws {
        for time in [since, until].compactMap({ $0 }) where !Self.isTime(time) {
            throw ValidationError("“\(time)” is no time: write 2026-11-21 or 2026-11-21T08:00:00Z.")
        }
        if let last, last < 1 { throw ValidationError("--last is a number from 1.") }
    }

    /// The beginning of `2026-11-21T08:00:00Z`, at least the year.
    private static func isTime(_ text: String) -> Bool {
        let pattern = Array("0000-00-00T00:00:00Z".utf8)
        guard (4...pattern.count).contains(text.utf8.count) else { return false }
        return zip(text.utf8, pattern).allSatisfy { $1 == UInt8(ascii: "0") ? (48...57).contains($0) : $0 == $1 }
    }

    func run() throws {
        var filter = TrailRun.Filter()
        filter.types = type
        filter.since = since
        filter.until = until
        filter.subject = subject
        filter.last = last
        let language = Console.language(language)
        try TrailRun.forEachEvent(workspace: workspace, filter) { recorded in
            Console.print(json ? TrailRun.json(recorded, withPayload: payload) : Self.line(recorded, payload, language))
        }
    }

    /// The type is what `--type` takes; where the language is not English it is told beside it.
    private static func line(_ recorded: RecordedEvent, _ withPayload: Bool, _ language: Language) -> String {
        let event = recorded.event
        let type = language == .english ? event.type : "\(event.type) \(TrailRun.title(ofType: event.type)(language))"
        var line = "\(event.sequence)\t\(event.time)\t\(event.actor) (\(event.role))\t\(type)\t"
        line += event.subjects.joined(separator: " ")
        if withPayload { line += "\t" + (recorded.payload.map { String(decoding: $0.body, as: UTF8.self) } ?? "-") }
        return Console.harmless(line, keepingTabs: true)
    }
}
