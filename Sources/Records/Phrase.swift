/// A sentence or a part of one, in UTF-8. It is written like a `String` with its values in it, but takes cells from where
/// they lie and makes no text of them: for sentences by the hundred thousand.
package struct Phrase: Sendable, ExpressibleByStringInterpolation {
    package private(set) var bytes: [UInt8]

    package init() { bytes = [] }

    package init(_ text: String) { bytes = Array(text.utf8) }

    package init(stringLiteral text: String) { self.init(text) }

    package init(stringInterpolation: StringInterpolation) { bytes = stringInterpolation.bytes }

    package var isEmpty: Bool { bytes.isEmpty }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package mutating func append(_ phrase: Phrase) { bytes.append(contentsOf: phrase.bytes) }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var bytes: [UInt8] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        package mutating func appendLiteral(_ text: String) { appendInterpolation(text) }

        package mutating func appendInterpolation(_ text: String) {
            var text = text
            text.withUTF8 { bytes.append(contentsOf: $0) }
        }

        package mutating func appendInterpolation(_ phrase: Phrase) { bytes.append(contentsOf: phrase.bytes) }

        package mutating func appendInterpolation(_ text: UnsafeBufferPointer<UInt8>) { bytes.append(contentsOf: text) }

        package mutating func appendInterpolation(_ number: Int) { appendInterpolation(String(number)) }
    }
}

extension Language {
    /// A phrase in this language; the other one is not made.
    package func callAsFunction(en: @autoclosure () -> Phrase, zh: @autoclosure () -> Phrase) -> Phrase {
        switch self {
        case .english: en()
        case .chinese: zh()
        }
    }
}
