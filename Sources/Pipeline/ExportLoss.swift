import Importers
import Records
import Rules
import Workspace

/// What an export lacks that was to be expected of it: its end, its records, or most records of the one before.
///
/// All that an export no longer has counts as gone, with its findings and corrections. So a file that was cut off on its way
/// must not be taken for what the office holds, unless somebody says so.
struct ExportLoss {
    let source: String
    let path: String
    /// In a sentence without its end: where, what was found, what was expected.
    let found: Text
    private let line: Int?
    private let advice: Text
    /// `nil`: somebody has to know of it, and it stops nothing.
    private let code: String?

    /// What a run says of it.
    var notice: Text { Text(en: "\(source): \(found.en)", zh: "\(source)：\(found.zh)") }

    /// Fewer records than this come and go in any office.
    private static let leastLost = 10

    /// - Parameters:
    ///   - table: of the export, without the records that are used for nothing.
    ///   - before: the newest export that the workspace has; `nil` when there is none.
    ///   - gone: of the export before; `nil` when there is none, or this is it.
    ///   - isNew: what is the newest export already was taken in as it is.
    static func all(
        _ plan: SourcePlan, _ table: SourceTable, issues: [ImportIssue], before: Batch?, gone: WorkspaceStore.Gone?,
        isNew: Bool
    ) -> [ExportLoss] {
        var losses = isNew ? columns(plan, table, issues, before) : []
        if let issue = issues.first(where: { ImportCheck.brokenOff.contains($0.check) }) {
            losses.append(
                ExportLoss(
                    source: plan.profile.name, path: table.file.path, found: issue.message, line: issue.place.line,
                    advice: Text(
                        en: "Ask the office for the whole export; ", zh: "请该单位重新提供完整的导出文件；"),
                    code: isNew ? "E-RUN-008" : nil))
        }
        if let gone {
            let isMost = Double(gone.count) > plan.mayLose * Double(gone.before)
            if isMost, plan.mayLose < 1, gone.count >= leastLost || table.count == 0 {
                losses.append(most(gone.count, of: gone.before, plan, table))
                return losses
            }
        }
        if table.count == 0, losses.isEmpty {
            losses.append(
                ExportLoss(
                    source: plan.profile.name, path: table.file.path,
                    found: Text(en: "the export has no records.", zh: "导出文件中没有记录。"), line: nil,
                    advice: Text(en: "", zh: ""), code: nil))
        }
        return losses
    }

    /// Columns that the export before had. Without them a whole field is empty, and nothing in the records says so.
    private static func columns(
        _ plan: SourcePlan, _ table: SourceTable, _ issues: [ImportIssue], _ before: Batch?
    ) -> [ExportLoss] {
        guard let before else { return [] }
        let had = Set(before.fields)
        // Changes need not have every element.
        if plan.holdsChangesOnly, plan.format == .xml { return [] }
        return issues.filter { $0.check == "missing-column" && had.contains($0.field ?? "") }.map { issue in
            ExportLoss(
                source: plan.profile.name, path: table.file.path,
                found: Text(
                    en:
                        "the column “\(issue.raw)” (\(issue.field ?? "")), which the export before had, is not in this one.",
                    zh: "上次导出有的列“\(issue.raw)”（\(issue.field ?? "")）不在本次导出中。"),
                line: issue.place.line,
                advice: Text(
                    en: "Was it renamed? Name it in the rule book, or ask the office; ",
                    zh: "是否改了列名？请在规则文件中写明，或向该单位询问；"),
                code: "E-RUN-011")
        }
    }

    private static func most(_ lost: Int, of count: Int, _ plan: SourcePlan, _ table: SourceTable) -> ExportLoss {
        let share = Int((plan.mayLose * 100).rounded())
        return ExportLoss(
            source: plan.profile.name, path: table.file.path,
            found: Text(
                en:
                    "\(lost) of the \(count) records of the export before are not in this one, which has \(table.count); up to \(share) % may go.",
                zh: "上次导出的 \(count) 条记录中有 \(lost) 条不在本次导出（共 \(table.count) 条）中；最多允许缺少 \(share) %。"),
            line: nil,
            advice: Text(
                en: "Is this the right file, and whole? may_lose of the source says how much may go; ",
                zh: "请确认文件是否正确、完整；允许缺少的比例由该来源的 may_lose 规定；"),
            code: "E-RUN-009")
    }

    /// - Throws: `E-RUN-008` for an export that breaks off, `E-RUN-009` for one that lacks most records of the one before,
    ///   `E-RUN-011` for one that lacks a column of it.
    static func check(_ losses: [ExportLoss], _ request: CleaningRequest) throws {
        for loss in losses where !request.acceptedLosses.contains(loss.source) {
            guard let code = loss.code else { continue }
            throw Failure(
                .badInput, code: code, loss.notice, at: Place(file: loss.path, line: loss.line),
                advice: Text(
                    en: "\(loss.advice.en)--accept-loss \(loss.source) takes the file as it is.",
                    zh: "\(loss.advice.zh)--accept-loss \(loss.source) 表示按现状接受该文件。"))
        }
    }

    /// - Throws: `E-RUN-001` for a source the rule book does not have.
    static func check(accepted sources: [String], _ book: RuleBook) throws {
        let names = book.sources.map(\.profile.name)
        for name in sources where !names.contains(name) { throw Inputs.unknown(name, book) }
    }
}
