import Foundation
package import Records
package import Reports
import Rules
import Workspace

/// Reads back what a stored run found, and what the audit trail keeps of all runs, for reports and bulletins. The workspace stays
/// as it is.
package enum ReportRun {
    package struct Request: Sendable {
        package var workspace: String
        /// `nil`: the newest.
        package var run: Int?
        /// `nil`: that of the run.
        package var language: Language?

        package init(workspace: String, run: Int? = nil, language: Language? = nil) {
            self.workspace = workspace
            self.run = run
            self.language = language
        }
    }

    /// - Throws: `E-RPL-001` when there is no such run, `E-CMP-003` when its account is not there as it was written, `E-RPT-002`
    ///   for one of another version.
    package static func facts(_ request: Request) throws -> RunFacts {
        let store = try WorkspaceStore.openReadOnly(directory: request.workspace)
        let run = try store.cleanRun(request.run)
        let files = try RunFiles(run, store)
        var facts = try RunFacts(account: files.account)
        if let examples = files.file(ExamplesFile.name) { facts.takeExamples(examples) }
        facts.history = try RunHistory.points(store, until: run.basis)
        facts.since = try RunHistory.point(of: run, store)?.since
        if let language = request.language { facts.language = language }
        return facts
    }

    // MARK: Bulletins

    package struct BulletinRequest: Sendable {
        package enum Period: Sendable {
            case named(BulletinPeriod)
            /// The last one that is over and has runs.
            case last(BulletinPeriod.Kind)
        }

        package var workspace: String
        package var period: Period
        /// Code of an area that the report shows; `nil`: all.
        package var area: String?
        package var language: Language?
        /// Local, `YYYY-MM-DD`.
        package var today: String

        package init(workspace: String, period: Period, area: String?, language: Language?, today: String) {
            self.workspace = workspace
            self.period = period
            self.area = area
            self.language = language
            self.today = today
        }
    }

    /// - Throws: `E-RPT-003` when no run lies in such a period, `E-RPT-004` for an area that the runs do not show.
    package static func bulletin(_ request: BulletinRequest) throws -> Bulletin {
        let store = try WorkspaceStore.openReadOnly(directory: request.workspace)
        let points = try RunHistory.points(store)
        let period = try period(request, points, store)
        let runs = points.filter { period.holds($0.day) }
        guard let last = runs.last, let run = try store.runs().first(where: { $0.id == last.run }),
            let stored = try store.ruleBook(sha256: run.rules)
        else { throw noRuns(period.title, period.kind, points, store) }
        let book = try RuleBook.parse(stored.text, path: stored.path)
        let bulletin = Bulletin(
            period: period, title: book.title, purpose: book.purpose, language: request.language ?? run.language,
            toolVersion: run.tool, plan: book.quality, runs: runs, before: points.last { $0.day < period.first },
            area: request.area)
        if let area = request.area, !bulletin.areas.contains(where: { $0.code == area }) {
            let known = bulletin.areas.prefix(8).map { "\($0.code) \($0.name)" }
            throw Failure(
                .badInput, code: "E-RPT-004",
                Text(en: "the runs show no area \(area)", zh: "各次运行中没有地区 \(area)"), at: Place(file: store.directory),
                advice: known.isEmpty
                    ? Text(en: "Name a field of areas: report: { areas: … }.", zh: "请在规则文件中写明 report: { areas: … }。")
                    : Text(
                        en: "There are \(known.joined(separator: ", ")) …", zh: "已有：\(known.joined(separator: "、"))……"))
        }
        return bulletin
    }

    private static func period(
        _ request: BulletinRequest, _ points: [RunPoint], _ store: WorkspaceStore
    ) throws -> BulletinPeriod {
        switch request.period {
        case .named(let period): return period
        case .last(let kind):
            let whole = points.compactMap { BulletinPeriod(kind, holding: $0.day) }.last { $0.last < request.today }
            guard let whole else {
                let name: Text =
                    switch kind {
                    case .week: Text(en: "a whole week", zh: "完整的一周")
                    case .month: Text(en: "a whole month", zh: "完整的一个月")
                    case .quarter: Text(en: "a whole quarter", zh: "完整的一个季度")
                    }
                throw noRuns(name, kind, points, store)
            }
            return whole
        }
    }

    private static func noRuns(
        _ period: Text, _ kind: BulletinPeriod.Kind, _ points: [RunPoint], _ store: WorkspaceStore
    ) -> Failure {
        let newest = points.last.flatMap { BulletinPeriod(kind, holding: $0.day)?.id }
        return Failure(
            .notDone, code: "E-RPT-003",
            Text(en: "there is no run in \(period.en)", zh: "\(period.zh)内没有运行"), at: Place(file: store.directory),
            advice: newest.map {
                Text(en: "The newest run lies in \($0): --period \($0).", zh: "最近一次运行在 \($0)：--period \($0)。")
            } ?? Text(en: "Run “qingku clean” first.", zh: "请先运行 qingku clean。"))
    }
}
