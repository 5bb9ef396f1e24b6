package import Records

/// One step on the way from what an office wrote to the form that is compared: a text in, a text out.
///
/// Steps know nothing of each other; their order is the chain's business (`Normalizer.steps`). The empty text means
/// "missing" and ends a chain.
package struct NormalizationStep: Sendable {
    /// Shown by `explain`: `full-width`.
    package let name: String
    package let summary: Text
    package let apply: @Sendable (String) -> String

    package init(_ name: String, _ summary: Text, apply: @escaping @Sendable (String) -> String) {
        self.name = name
        self.summary = summary
        self.apply = apply
    }
}

extension NormalizationStep {
    /// Every step, in the order in which the chains use them. Steps that depend on a field stand here in their plain form.
    package static let all: [NormalizationStep] = [
        controls, interpuncts, apostrophes, fullWidth, compatibility, blanks, quotes, guardMark, spreadsheetNumber,
        placeholder(for: .text), brackets, honorifics, blankForInterpunct, hanBlanks, commaName, lowerCase, diacritics,
        latinPunctuation, titles, date(DateReader()), residentID, identifier, phone, division, ethnicGroup, code([:]),
        email, postcode, houseNumber, number, addressMarks, addressCase, streetWords, placeWords,
    ]
}
