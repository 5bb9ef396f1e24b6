import FuzzyText
package import Records
import Standards

/// A way to make a blocking key of a value: what two records have to share to be compared.
package struct KeyTransform: Sendable {
    /// As written in rule books, after the field and a dot.
    package let name: String
    package let summary: Text
    /// Kinds of fields it can be used on.
    package let kinds: Set<FieldKind>
    /// The key of a normalised value; `nil` where the value has none.
    let key: @Sendable (String) -> String?
    /// The short way to the same key for texts it is sure of, as nearly all are: it appends the key, which is empty where
    /// the value has none, and returns true, or does nothing and returns false.
    let quick: Quick?

    typealias Quick = @Sendable (UnsafeBufferPointer<UInt8>, inout [UInt8]) -> Bool

    init(
        _ name: String, _ summary: Text, _ kinds: Set<FieldKind>, quick: Quick? = nil,
        key: @escaping @Sendable (String) -> String?
    ) {
        self.name = name
        self.summary = summary
        self.kinds = kinds
        self.quick = quick
        self.key = key
    }

    package static let all: [KeyTransform] =
        nameTransforms + dateTransforms + placeTransforms + textTransforms

    package static func named(_ name: String) -> KeyTransform? {
        all.first { $0.name == name }
    }
}
