/// A correction that an office was sent with an earlier run.
package struct GivenCorrection: Sendable, Hashable {
    package let source: String
    /// Empty for a record to add.
    package let recordID: String
    /// Empty for a whole record.
    package let field: String
    package let action: Correction.Action
    /// As the office had written it, and as it should write it; of a record to merge: its id, and the id of the one that
    /// stays.
    package let before: String
    package let after: String
    /// The same values, normalised; empty where there was none.
    package let valueBefore: String
    package let valueAfter: String
    /// Of a record to add: the record of another source that it was asked for.
    package let witness: RecordKey?
    /// Of the finding behind it; empty where there was none.
    package let finding: String

    package init(
        source: String, recordID: String, field: String, action: Correction.Action, before: String, after: String,
        valueBefore: String = "", valueAfter: String = "", witness: RecordKey? = nil, finding: String = ""
    ) {
        self.source = source
        self.recordID = recordID
        self.field = field
        self.action = action
        self.before = before
        self.after = after
        self.valueBefore = valueBefore
        self.valueAfter = valueAfter
        self.witness = witness
        self.finding = finding
    }
}

/// What an office did with a correction, as its next export shows it.
package enum FollowUpStatus: String, Sendable, CaseIterable {
    /// The cell says what it should, in whatever notation; the record is merged or added.
    case applied
    /// All is as it was.
    case ignored
    /// The cell was changed to something else.
    case contradicted
    /// The export has no such record any more.
    case vanished
    /// The record has no id, and another one may stand in its place now.
    case unknown

    package var title: Text {
        switch self {
        case .applied: Text(en: "applied", zh: "已采纳")
        case .ignored: Text(en: "ignored", zh: "未处理")
        case .contradicted: Text(en: "contradicted: another value was written", zh: "有异议：改成了其他值")
        case .vanished: Text(en: "the record is gone", zh: "记录已不存在")
        case .unknown: Text(en: "not known: the record has no id", zh: "无法得知：记录没有编号")
        }
    }
}
