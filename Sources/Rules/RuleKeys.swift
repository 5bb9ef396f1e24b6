import Records

/// The keys a rule book may have, section by section: what the reader accepts, and what `rules/schema.json` is held against.
package struct RuleKeys: Sendable, Hashable {
    /// Name of the section's definition in the schema.
    package let section: String
    package let required: [String]
    package let optional: [String]

    package var all: [String] { required + optional }

    package static let root = RuleKeys(
        section: "rule_book", required: ["registry", "purpose", "sources", "fields"],
        optional: [
            "sensitive_match", "checks", "lifecycle", "expect", "match", "survivorship", "quality", "report",
            "retention", "approvals", "alarms", "review", "notify",
        ])
    package static let source = RuleKeys(
        section: "source", required: ["fields"],
        optional: [
            "file", "format", "encoding", "delimiter", "quote", "header", "guarded", "record", "record_id",
            "namespaces", "may_lose", "export", "deleted", "trust",
            "role", "as_of", "updated",
        ])
    package static let deletion = RuleKeys(section: "deletion", required: ["column", "is"], optional: [])
    package static let field = RuleKeys(
        section: "field", required: ["type"],
        optional: ["required", "codes", "date_order", "short_years_until", "ages"])
    package static let check = RuleKeys(
        section: "check", required: ["id"], optional: ["where", "fields", "severity", "message", "limit"])
    package static let expectation = RuleKeys(
        section: "expectation", required: ["in", "of"], optional: ["where", "severity"])
    package static let sensitive = RuleKeys(section: "sensitive_field", required: ["field", "reason"], optional: [])
    package static let match = RuleKeys(
        section: "match", required: [],
        optional: [
            "block", "compare", "link", "decide", "never", "model", "levels", "parameters", "retrain", "pair_budget",
        ])
    package static let key = RuleKeys(section: "key", required: ["key"], optional: ["at_most"])
    package static let comparison = RuleKeys(section: "comparison", required: [], optional: ["comparator", "role"])
    package static let decide = RuleKeys(
        section: "decide", required: [],
        optional: ["merge", "review", "false_merges_per_1000", "review_hours", "seconds_per_pair"])
    package static let survivor = RuleKeys(
        section: "survivor", required: [], optional: ["rules", "keep", "separator", "otherwise"])
    package static let presence = RuleKeys(section: "presence", required: ["in"], optional: ["then", "else"])
    package static let group = RuleKeys(section: "group", required: ["fields"], optional: ["rules"])
    package static let report = RuleKeys(
        section: "report", required: [], optional: ["areas", "townships", "suppress_below"])
    package static let quality = RuleKeys(
        section: "quality", required: [], optional: ["points", "grades", "colours", "verified_on", "within_days"])
    package static let retention = RuleKeys(
        section: "retention", required: [], optional: ["runs", "vanished_records", "superseded_versions", "hold"])
    package static let approvals = RuleKeys(
        section: "approvals", required: [], optional: ["two_people", "group_over", "bulk_over"])
    package static let alarms = RuleKeys(
        section: "alarms", required: [], optional: AlarmPlan.Measure.allCases.map(\.rawValue))
    package static let review = RuleKeys(section: "review", required: [], optional: ["blind", "twice", "known"])
    package static let notify = RuleKeys(section: "notify", required: [], optional: ["events", "webhook", "mail"])
    package static let webhook = RuleKeys(section: "webhook", required: ["url"], optional: ["key_file", "timeout"])
    package static let mail = RuleKeys(section: "mail", required: ["from", "to"], optional: ["folder", "sendmail"])
    package static let grades = RuleKeys(section: "grades", required: [], optional: ["A", "B", "C"])
    package static let colours = RuleKeys(
        section: "colours", required: [], optional: colourLimits.optional + Dimension.allCases.map(\.rawValue))
    package static let colourLimits = RuleKeys(
        section: "colour_limits", required: [], optional: ["green", "blue", "yellow"])

    package static let sections = [
        root, source, deletion, field, check, expectation, sensitive, match, key, comparison, decide, survivor,
        presence, group, report, quality, retention, approvals, alarms, review, notify, webhook, mail, grades, colours,
        colourLimits,
    ]
}
