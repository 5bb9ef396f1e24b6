/// The structure of an office's XML export, as the paths of the rule book describe it.
package struct OfficeXML: Sendable, Hashable {
    package struct Step: Sendable, Hashable {
        /// With its prefix, where the rule book gives it one.
        package let name: String
        /// Attributes that the path asks for: `type` → `mobile`.
        package let attributes: [Attribute]

        package init(name: String, attributes: [Attribute] = []) {
            self.name = name
            self.attributes = attributes
        }
    }

    package struct Attribute: Sendable, Hashable {
        package let name: String
        package let value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Where a value stands under its record.
    package struct Place: Sendable, Hashable {
        package let steps: [Step]
        /// `nil`: the value is the text of the last step.
        package let attribute: String?

        package init(steps: [Step], attribute: String? = nil) {
            self.steps = steps
            self.attribute = attribute
        }
    }

    /// From the root down to the record; only the record where the rule book leaves open what is above it.
    package let record: [Step]
    /// `nil`: records are counted.
    package let recordID: Place?
    /// Parallel to the schema's fields; `nil` where the source does not have the field.
    package let fields: [Place?]
    /// In the order in which the fields were mapped.
    package let order: [Int]
    /// By prefix.
    package let namespaces: [Attribute]

    package init(record: [Step], recordID: Place?, fields: [Place?], order: [Int], namespaces: [Attribute]) {
        self.record = record
        self.recordID = recordID
        self.fields = fields
        self.order = order
        self.namespaces = namespaces
    }
}
