/// Something that stops a run: what happened, where, and what to do. Wording in both languages; printing is the tool's.
package struct Failure: Error, Sendable {
    /// What the caller's exit status is made of (DESIGN §8).
    package enum Kind: Sendable {
        case notDone
        case badInput
        case busy
        case verification
        case storage
        case notPermitted
        case interrupted
    }

    package let kind: Kind
    /// Stable, searchable: `E-CSV-004`.
    package let code: String
    package let message: Text
    package let place: Place?
    /// What the user can do about it, when that is known.
    package let advice: Text?

    package init(_ kind: Kind, code: String, _ message: Text, at place: Place? = nil, advice: Text? = nil) {
        self.kind = kind
        self.code = code
        self.message = message
        self.place = place
        self.advice = advice
    }
}

/// A place in a file. Lines and columns count from 1; columns count characters, not bytes.
package struct Place: Sendable, Hashable, CustomStringConvertible {
    package let file: String
    package let line: Int?
    package let column: Int?

    package init(file: String, line: Int? = nil, column: Int? = nil) {
        self.file = file
        self.line = line
        self.column = column
    }

    package var description: String {
        var text = file
        if let line { text += ":\(line)" }
        if line != nil, let column { text += ":\(column)" }
        return text
    }
}
