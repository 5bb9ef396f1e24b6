import Importers
import Matching
import Reconciliation
import Records
import Validation
import Yams

/// Walks the tree of a rule book once and makes the typed plans, gathering everything that is wrong on the way.
///
/// Each section is read by an extension in a file of its own. A part that cannot be read is reported and left out, so
/// that the rest is still checked; a book with any problem is never handed out.
struct RuleBookReader {
    let path: String
    let vocabulary: Vocabulary
    var problems: [RuleProblem] = []
    var warnings: [RuleProblem] = []
    /// Known from `fields:` before anything else is read.
    var schema = Schema([])
    /// Fields whose type could not be read: what depends on the type is not judged.
    var unsureFields: Set<String> = []
    /// Name of a source → the field that says when a record of it was brought up to date.
    var updatedFields: [String: Int] = [:]
    /// Where each field is declared, parallel to the schema.
    var fieldPlaces: [Place] = []

    init(path: String, vocabulary: Vocabulary) {
        self.path = path
        self.vocabulary = vocabulary
    }

    /// `nil` when a part without which there is no book is missing; the reason is then in `problems`.
    mutating func read(_ root: Node?, text: String, sha256: String) -> RuleBook? {
        guard let root else {
            report(
                .missingKey, at: Place(file: path, line: 1),
                Text(
                    en: "The rule book is empty; \"qingku rules new FILE\" drafts one from an export.",
                    zh: "规则文件是空的；可以用“qingku rules new 文件”从导出文件起草一份。"))
            return nil
        }
        let here = place(of: root)
        guard let book = section(root, RuleKeys.root, what: Text(en: "the rule book", zh: "规则文件")) else { return nil }
        let title = book["registry"].flatMap { sentence($0) } ?? ""
        let purpose = book["purpose"].flatMap { sentence($0) } ?? ""
        schema = book["fields"].map { readFields($0.value) } ?? Schema([])
        let sources = book["sources"].map { readSources($0.value) } ?? []
        let (conditions, settings) = book["checks"].map { readChecks($0.value) } ?? (conditions: [], settings: [:])
        let lifecycles = book["lifecycle"].map { readLifecycles($0.value) } ?? []
        let expectations = book["expect"].map { readExpectations($0.value, sources: sources) } ?? []
        let sensitive = book["sensitive_match"].map { readSensitive($0.value) } ?? []
        let match = readMatch(book["match"]?.value, sensitive: Set(sensitive.map(\.field)), at: here)
        let survivorship = readSurvivorship(book["survivorship"]?.value, sources: sources)
        let own = conditions.map(\.id) + expectations.map(\.check)
        let quality = book["quality"].map { readQuality($0.value, own: own) } ?? QualityPlan()
        let report = book["report"].map { readReport($0.value) } ?? ReportPlan()
        let retention = book["retention"].map { readRetention($0.value, sources: sources) } ?? RetentionPlan()
        let approvals = book["approvals"].map { readApprovals($0.value) } ?? ApprovalPlan()
        let alarms = book["alarms"].map { readAlarms($0.value) } ?? AlarmPlan()
        let review = book["review"].map { readReview($0.value) } ?? ReviewPlan()
        let notify = book["notify"].map { readNotify($0.value) } ?? NotifyPlan()
        warnOfUnusedFields(sources)
        return RuleBook(
            path: path, sha256: sha256, text: text, title: title, purpose: purpose, sources: sources, schema: schema,
            conditions: conditions, checkSettings: settings, lifecycles: lifecycles,
            expectations: expectations, match: match, survivorship: survivorship, quality: quality, report: report,
            retention: retention, approvals: approvals, alarms: alarms, review: review, notify: notify,
            sensitiveMatch: sensitive, warnings: warnings)
    }

    private mutating func warnOfUnusedFields(_ sources: [SourcePlan]) {
        let mapped = Set(sources.flatMap { $0.mappings.map(\.field) })
        for (index, field) in schema.fields.enumerated() where !mapped.contains(index) && !sources.isEmpty {
            warnings.append(
                RuleProblem(
                    .unusedField, at: fieldPlaces[index],
                    Text(
                        en: "No source has a column for \"\(field.name)\"; it will be empty everywhere.",
                        zh: "没有任何来源为“\(field.name)”提供列，该字段将全部为空。")))
        }
    }
}

extension RuleBookReader {
    func place(of node: Node) -> Place {
        Place(file: path, line: node.mark?.line, column: node.mark?.column)
    }

    mutating func report(_ code: RuleProblem.Code, at place: Place, _ message: Text, nearest: String? = nil) {
        problems.append(RuleProblem(code, at: place, message, nearest: nearest))
    }

    mutating func report(_ code: RuleProblem.Code, at node: Node, _ message: Text, nearest: String? = nil) {
        report(code, at: place(of: node), message, nearest: nearest)
    }

    /// Index of the field called `name`; reports when there is none.
    mutating func field(_ name: String, at node: Node) -> Int? {
        if let index = schema.index(of: name) { return index }
        let names = schema.fields.map(\.name)
        report(
            .unknownField, at: node,
            Text(
                en: "There is no field \"\(name)\"; the fields are those under \"fields:\".",
                zh: "没有名为“\(name)”的字段；字段须在 fields: 下声明。"),
            nearest: Nearest.name(to: name, among: names))
        return nil
    }
}
