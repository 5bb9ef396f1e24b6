import Foundation
import Pipeline
import Records
import Reports
import Workspace

/// The runs, newest first, with their reports, and a new one for what was said since.
enum RunsPage {
    static func page(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        let runs = try session.runs()
        return request.page(
            "runs", title: request.words("runs"),
            [
                "mayRun": visitor.may(.run), "pending": String(try session.overview().pending),
                "rows": runs.map { run in
                    [
                        "run": String(run.run), "kind": request.words("run-\(run.kind)"),
                        "at": String(run.finishedAt.prefix(16)).replacing("T", with: " "),
                        "records": run.records.grouped, "persons": run.persons.grouped, "tool": run.tool,
                        "rules": String(run.rules.prefix(12)),
                        "hasReport": visitor.pool.isAll && run.outputs.contains("report.html"),
                        "hasDifference": visitor.pool.isAll && run.kind == "clean"
                            && runs.contains { $0.kind == "clean" && $0.run < run.run },
                    ] as [String: Any]
                },
            ])
    }

    /// As the run wrote it; it brings its own style and no script.
    static func report(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        try Pools.checkWhole(request)
        guard let run = Int(try request.parameter("run")), let bytes = try session.report(ofRun: run) else {
            throw Refusal.notFound
        }
        var response = DeskResponse(contentType: "text/html; charset=utf-8", body: bytes)
        response.headers.append(
            (
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
            ))
        return response
    }

    static func reconcile(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        try session.reconcile(
            by: visitor.name, threads: ProcessInfo.processInfo.activeProcessorCount, language: request.language)
        return .redirect(to: "/runs")
    }
}
