package import Records

/// What the rule book asks to be checked beside the checks that each field kind brings.
package struct ValidationPlan: Sendable {
    package let conditions: [Condition]
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

    package init(conditions: [Condition], today: String) {
        self.conditions = conditions
        self.today = today
    }
}
