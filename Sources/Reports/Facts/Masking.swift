package import Records

/// A value as a page may show it: enough to see what kind of trouble it has, not who it is about.
///
/// Names keep their first character, numbers of a person the first two and last two, dates the year, addresses the first
/// six; codes, divisions and plain numbers stay. Longer than 24 characters is cut.
package func masked(_ value: String, _ kind: FieldKind) -> String {
    switch kind {
    case .division, .code, .ethnicGroup, .number, .postcode, .city: clipped(value)
    case .date: covered(value, head: 4, tail: 0)
    case .residentID, .identifier, .phone: covered(value, head: 2, tail: 2)
    case .address: covered(value, head: 6, tail: 0)
    case .personName, .givenName, .surname, .street, .houseNumber, .email, .text: covered(value, head: 1, tail: 0)
    }
}

/// Numbers that tell who somebody is: people who decide about records see them masked too.
package func isMasked(_ kind: FieldKind) -> Bool {
    switch kind {
    case .residentID, .identifier, .phone, .email: true
    default: false
    }
}

/// A sentence with the numbers that tell who somebody is masked, wherever in it they stand; days stay.
package func maskedNumbers(in text: String) -> String {
    text.replacing(/[0-9](?:[ \-]?[0-9Xx]){6,}/) { match in
        let digits = match.output.count { $0.isNumber }
        let isDay = match.output.starts(with: /[0-9]{4}-[0-9]{2}-[0-9]{2}(?:$|[^0-9])/) && digits < 11
        return isDay ? String(match.output) : masked(String(match.output), .identifier)
    }
}

/// An office's record id is its own and may be shown, unless the office uses the person's number for it.
package func maskedRecordID(_ id: String) -> String {
    let digits = id.unicodeScalars.reduce(0) { $0 + (("0"..."9").contains($1) ? 1 : 0) }
    return digits >= 11 ? covered(id, head: 4, tail: 4) : id
}

private func covered(_ value: String, head: Int, tail: Int) -> String {
    let scalars = Array(value.unicodeScalars)
    let shown = scalars.count > head + tail ? head + tail : scalars.count > 2 ? 1 : 0
    let (head, tail) = shown == head + tail ? (head, tail) : (shown, 0)
    let middle = min(scalars.count - head - tail, 14)
    var result = String.UnicodeScalarView()
    result.append(contentsOf: scalars.prefix(head))
    for index in 0..<max(0, middle) {
        let scalar = scalars[head + index]
        result.append("-/.年月日 @".unicodeScalars.contains(scalar) ? scalar : "•")
    }
    result.append(contentsOf: scalars.suffix(tail))
    return String(result)
}

private func clipped(_ value: String) -> String {
    value.unicodeScalars.count <= 24 ? value : String(String.UnicodeScalarView(value.unicodeScalars.prefix(23))) + "…"
}
