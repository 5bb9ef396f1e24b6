/// Where one cell of the master comes from.
package struct CellProvenance: Sendable {
    /// What stands behind the value.
    package enum Basis: Sendable, Hashable {
        /// No record has a value.
        case nothing
        /// A record's own value, chosen by the rule.
        case record
        /// Several records' values, one after the other.
        case list
        /// What the check knows that the record's cell meant.
        case repair(check: String, title: Text)
        /// It follows from the person's cell in this field.
        case derived(from: String, value: String)
        /// It follows from the person's having a record in the source, or having none.
        case presence(source: String, isPresent: Bool)
        /// Somebody said so; `former` is what would stand there otherwise.
        case override(CellOverride, former: String)
    }

    /// A record's cell on its way to the form that counts.
    package struct Given: Sendable, Hashable {
        package struct Step: Sendable, Hashable {
            /// As in `NormalizationStep.all`.
            package let name: String
            package let summary: Text
            /// After the step.
            package let text: String

            package init(name: String, summary: Text, text: String) {
                self.name = name
                self.summary = summary
                self.text = text
            }
        }

        /// What a check says of the cell.
        package struct Remark: Sendable, Hashable {
            /// As in `findings.csv`.
            package let finding: String
            package let check: String
            package let severity: Severity
            package let title: Text
            package let message: Text
            /// Who accepts it; `nil`: it counts.
            package let waivedBy: String?

            package init(
                finding: String, check: String, severity: Severity, title: Text, message: Text, waivedBy: String?
            ) {
                self.finding = finding
                self.check = check
                self.severity = severity
                self.title = title
                self.message = message
                self.waivedBy = waivedBy
            }
        }

        /// Index into the person's members.
        package let member: Int
        /// The cell's own, or the one that a derived value follows from.
        package let field: String
        /// The office's name of the column.
        package let header: String
        /// As the office wrote it.
        package let raw: String
        /// Those that changed the text, in order.
        package let steps: [Step]
        /// What is compared: the text after the last step.
        package let normalized: String
        /// What the master shows of it: the normalised form, or the office's spelling.
        package let shown: String
        package let repair: Repair?
        package let remarks: [Remark]

        package struct Repair: Sendable, Hashable {
            package let check: String
            package let text: String

            package init(check: String, text: String) {
                self.check = check
                self.text = text
            }
        }

        /// The value that it takes part with.
        package var value: String { repair?.text ?? shown }

        package init(
            member: Int, field: String, header: String, raw: String, steps: [Step], normalized: String, shown: String,
            repair: Repair?, remarks: [Remark]
        ) {
            self.member = member
            self.field = field
            self.header = header
            self.raw = raw
            self.steps = steps
            self.normalized = normalized
            self.shown = shown
            self.repair = repair
            self.remarks = remarks
        }
    }

    /// A value of a record that does not stand, and why.
    package struct Against: Sendable, Hashable {
        package enum Reason: Sendable, Hashable {
            /// It lost to the rule of this name.
            case rule(String, Text)
            /// The text says that nothing is known.
            case saysNothing
            /// What somebody said stands in its place.
            case override
            /// What another cell says stands in its place.
            case derived
        }

        package let value: String
        package let reason: Reason
        /// At least one.
        package let given: [Given]

        package init(value: String, reason: Reason, given: [Given]) {
            self.value = value
            self.reason = reason
            self.given = given
        }
    }

    package let field: String
    /// As in `master.csv`.
    package let value: String
    package let basis: Basis
    /// As in `Master.rules`; empty where there is nothing.
    package let rule: String
    package let summary: Text
    /// Records that have the value, the one that stands for it first. Of a list those of each value, in its order. Of a
    /// derived value those that it follows from.
    package let sources: [Given]
    package let against: [Against]
    /// No rule settled which value is to stand: a finding says so.
    package let isConflict: Bool

    package init(
        field: String, value: String, basis: Basis, rule: String, summary: Text, sources: [Given],
        against: [Against], isConflict: Bool
    ) {
        self.field = field
        self.value = value
        self.basis = basis
        self.rule = rule
        self.summary = summary
        self.sources = sources
        self.against = against
        self.isConflict = isConflict
    }
}
