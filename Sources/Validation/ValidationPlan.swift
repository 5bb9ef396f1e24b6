package import Records

/// What the rule book asks to be checked beside the checks that each field kind brings.
package struct ValidationPlan: Sendable {
    package let conditions: [Condition]
    /// What the rule book changes about built-in checks, by name.
    package let settings: [String: Setting]
    /// Of fields that hold a state, such as 正常 or 死亡.
    package let lifecycles: [Lifecycle]
    /// Who has to stand in which source.
    package let expectations: [Expectation]
    /// States of the exports before, for fields of `lifecycles`.
    package let earlier: [EarlierStates]
    /// Source → index of the date field that says when a record was last brought up to date.
    package let updated: [String: Int]
    /// The day of the run, `YYYY-MM-DD`: "the future" for sources without `as_of`.
    package let today: String

    /// An SQL expression that is true of a record with an error: `last_visit < registered`.
    package struct Condition: Sendable, Hashable {
        package let id: String
        package let expression: String
        package let severity: Severity
        /// Indices of the fields the finding is about; the first one names its cell.
        package let fields: [Int]
        /// The rule book's own words; `nil`: made from the expression.
        package let message: String?

        package init(id: String, expression: String, severity: Severity, fields: [Int], message: String? = nil) {
            self.id = id
            self.expression = expression
            self.severity = severity
            self.fields = fields
            self.message = message
        }
    }

    package struct Setting: Sendable, Hashable {
        package let isOff: Bool
        /// `nil`: the check's own.
        package let severity: Severity?
        /// `nil`: the check's own.
        package let limit: Int?

        package init(isOff: Bool = false, severity: Severity? = nil, limit: Int? = nil) {
            self.isOff = isOff
            self.severity = severity
            self.limit = limit
        }
    }

    /// A source that everybody of other sources should stand in, or those of them for whom a condition holds.
    package struct Expectation: Sendable, Hashable {
        /// Name of the source in which somebody may be missing.
        package let source: String
        /// Names of the sources whose records call for one there.
        package let others: [String]
        /// An SQL expression over such a record; `nil`: every one.
        package let expression: String?
        package let severity: Severity

        package init(source: String, others: [String], expression: String? = nil, severity: Severity = .error) {
            self.source = source
            self.others = others
            self.expression = expression
            self.severity = severity
        }

        /// Name of its findings: one per source, so that absences from two sources can be told apart.
        package var check: String { Finding.absentPrefix + source }
    }

    package init(
        conditions: [Condition], settings: [String: Setting] = [:], lifecycles: [Lifecycle] = [],
        earlier: [EarlierStates] = [], expectations: [Expectation] = [], updated: [String: Int] = [:], today: String
    ) {
        self.conditions = conditions
        self.settings = settings
        self.lifecycles = lifecycles
        self.expectations = expectations
        self.updated = updated
        self.earlier = earlier
        self.today = today
    }

    /// The built-in checks as the rule book wants them, in the order of `Check.all`.
    package var checks: [Check] {
        Check.all.compactMap { check in
            guard let setting = settings[check.name] else { return check }
            if setting.isOff { return nil }
            var check = check
            check.severity = setting.severity ?? check.severity
            return check
        }
    }
}
