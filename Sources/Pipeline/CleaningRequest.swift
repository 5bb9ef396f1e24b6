package import Matching
package import Records

/// What somebody asks of `qingku clean`, and of all that makes the outputs anew.
package struct CleaningRequest: Sendable {
    /// `nil`: the rule book that the workspace used last.
    package var rulesPath: String?
    /// Source → path, from the command line; overrides the rule book's.
    package var paths: [String: String]
    /// `nil`: `<rule book's name>.qingku` beside the first export that the rule book names, or else beside the first input.
    package var workspace: String?
    /// False: the exports are those that the workspace has.
    package var isFromExports = true
    /// Sources without a path take part with the newest export that the workspace has.
    package var fillsFromStore = false
    package var gate = Gate.open
    /// `nil`: `outbox/<run>` in the workspace.
    package var output: String?
    /// A CSV file of decisions to take in before matching.
    package var decisionsPath: String?
    /// Sources whose export is taken although it breaks off or lacks most records of the one before.
    package var acceptedLosses: [String] = []
    /// Matching fits a model of its own, and compares everything.
    package var retrains = false
    /// Told how far the comparing of pairs has come.
    package var advance: Advance?
    /// Where pairs are compared; `nil`: in this process. Does not change the result.
    package var scoring: (any PairScoring)?
    package var threads: Int
    package var language: Language
    /// Who runs it, for the audit trail.
    package var actor: String
    package var clock: Clock

    /// What becomes of a run that moves further from the one before than `alarms:` allows.
    package enum Gate: Sendable {
        /// Nobody looks.
        case open
        /// It is published, and the alarms are told.
        case telling
        /// It is not stored and writes nothing.
        case holding
    }

    package init(
        rulesPath: String?, paths: [String: String] = [:], workspace: String? = nil, output: String? = nil,
        decisionsPath: String? = nil, threads: Int, language: Language, actor: String, clock: Clock
    ) {
        self.rulesPath = rulesPath
        self.paths = paths
        self.workspace = workspace
        self.output = output
        self.decisionsPath = decisionsPath
        self.threads = threads
        self.language = language
        self.actor = actor
        self.clock = clock
    }
}

/// The time as a value: a run asks once, and tests give their own.
package struct Clock: Sendable {
    /// UTC, ISO 8601, to the second: `2026-11-21T08:30:00Z`.
    package let now: String
    /// The day where the office is, `YYYY-MM-DD`: in China it begins eight hours before that of `now`.
    package let today: String

    package init(now: String, today: String) {
        self.now = now
        self.today = today
    }
}

/// The steps of a run, as progress names them.
package enum CleaningStage: String, Sendable, CaseIterable {
    case read
    case normalise
    case check
    case block
    case compare
    case score
    case cluster
    case checkLinked = "check-linked"
    case reconcile
    case store
    case write

    package var title: Text {
        switch self {
        case .read: Text(en: "reading the exports", zh: "读取导出文件")
        case .normalise: Text(en: "normalising", zh: "规范化")
        case .check: Text(en: "checking", zh: "校验")
        case .block: Text(en: "bringing likely pairs together", zh: "分块")
        case .compare: Text(en: "comparing", zh: "比较")
        case .score: Text(en: "scoring", zh: "评分")
        case .cluster: Text(en: "grouping", zh: "归组")
        case .checkLinked: Text(en: "holding linked records against each other", zh: "比对同一人的记录")
        case .reconcile: Text(en: "making the clean records", zh: "合成主数据")
        case .store: Text(en: "storing", zh: "入库")
        case .write: Text(en: "writing the results", zh: "写出结果")
        }
    }
}
