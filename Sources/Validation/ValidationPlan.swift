package import Records

/// What the rule book asks to be checked beside the checks that each field kind brings.
package struct ValidationPlan: Sendable {
    package let conditions: [Condition]
    /// What the rule book changes about built-in checks, by name.
    package let settings: [String: Setting]
    /// Of fields that hold a state, such as 正常 or 死亡.
    package let lifecycles: [Lifecycle]
    /// States of the exports before, for fields of `lifecycles`.
    package let earlier: [EarlierStates]
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

    package init(
        conditions: [Condition], settings: [String: Setting] = [:], lifecycles: [Lifecycle] = [],
        earlier: [EarlierStates] = [], today: String
    ) {
        self.conditions = conditions
        self.settings = settings
        self.lifecycles = lifecycles
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
