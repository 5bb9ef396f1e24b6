package import Records

/// Brings what offices wrote into one field to the form that is compared, and says whether that form is right.
///
/// Most values of a registry are as they should be: they pass by way of `QuickForm`, which looks at their bytes once. All
/// others go through `steps`. Both ways give the same answer; a test holds them together.
package struct Normalizer: Sendable {
    package let field: Field
    package let steps: [NormalizationStep]

    package init(for field: Field) {
        self.field = field
        steps = Self.chain(for: field)
    }

    /// The normalised value, empty when it is missing, and whether it has the form its kind asks for.
    package func normalize(_ raw: String) -> (value: String, isWellFormed: Bool) {
        var raw = raw
        var output: [UInt8] = []
        let isWellFormed = raw.withUTF8 { normalize($0, into: &output) }
        return (String(decoding: output, as: UTF8.self), isWellFormed)
    }

    /// The same over bytes, for those who do it a million times. `output` is overwritten.
    package func normalize(_ raw: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) -> Bool {
        output.removeAll(keepingCapacity: true)
        if let isWellFormed = QuickForm.normalize(raw, field, into: &output) { return isWellFormed }
        output.removeAll(keepingCapacity: true)
        let value = throughSteps(String(decoding: raw, as: UTF8.self))
        output.append(contentsOf: value.utf8)
        return !value.isEmpty && Self.isWellFormed(value, field)
    }

    /// The text after every step that changed it.
    package func trace(_ raw: String) -> [(step: String, text: String)] {
        var trace: [(step: String, text: String)] = []
        var text = raw
        for step in steps where !text.isEmpty {
            let next = step.apply(text)
            // Compared as bytes: `==` on texts would not see a change of form.
            if !next.utf8.elementsEqual(text.utf8) { trace.append((step.name, next)) }
            text = next
        }
        return trace
    }

    func throughSteps(_ raw: String) -> String {
        var text = raw
        for step in steps {
            if text.isEmpty { return text }
            text = step.apply(text)
        }
        return text
    }

    private static func chain(for field: Field) -> [NormalizationStep] {
        let kind = field.kind
        let cell: [NormalizationStep] = [.controls, .fullWidth, .compatibility, .blanks]
        let known = NormalizationStep.placeholder(for: kind)
        switch kind {
        case .personName:
            return [.controls, .interpuncts, .apostrophes, .fullWidth, .compatibility, .blanks, known, .quotes]
                + [.brackets, .honorifics, .blankForInterpunct, .hanBlanks, .commaName]
                + [.lowerCase, .diacritics, .latinPunctuation, .titles]
        case .givenName, .surname:
            return [.controls, .interpuncts, .apostrophes, .fullWidth, .compatibility, .blanks, known, .quotes]
                + [.brackets, .hanBlanks, .lowerCase, .diacritics, .latinPunctuation, .titles]
        case .residentID: return cell + [known, .quotes, .spreadsheetNumber, .residentID]
        case .identifier: return cell + [known, .quotes, .spreadsheetNumber, .identifier]
        case .date: return cell + [.quotes, .spreadsheetNumber, known, .date(DateReader(field))]
        case .division: return cell + [known, .quotes, .spreadsheetNumber, .division]
        case .address:
            return [.apostrophes] + cell + [known, .quotes, .hanBlanks, .addressMarks, .addressCase, .streetWords]
        case .street: return [.apostrophes] + cell + [known, .quotes, .hanBlanks, .addressCase, .streetWords]
        case .city: return [.apostrophes] + cell + [known, .quotes, .hanBlanks, .addressCase, .placeWords]
        case .houseNumber: return cell + [known, .quotes, .spreadsheetNumber, .houseNumber]
        case .postcode: return cell + [known, .quotes, .spreadsheetNumber, .postcode]
        case .phone: return cell + [known, .quotes, .spreadsheetNumber, .phone]
        case .email: return cell + [known, .quotes, .email]
        // The map goes first: a rule book may give 0 or 不详 a code of its own.
        case .code: return cell + [.quotes, .spreadsheetNumber, .code(field.codes), .unlistedPlaceholder(field.codes)]
        case .ethnicGroup: return cell + [.quotes, .spreadsheetNumber, known, .ethnicGroup]
        case .number: return cell + [known, .quotes, .number]
        case .text: return cell + [known, .guardMark]
        }
    }
}

extension NormalizationStep {
    /// `placeholder`, but a code of the rule book is never one.
    fileprivate static func unlistedPlaceholder(_ codes: [String: String]) -> NormalizationStep {
        let known = Set(codes.values)
        let step = placeholder(for: .code)
        return NormalizationStep(step.name, step.summary) { known.contains($0) ? $0 : step.apply($0) }
    }
}
