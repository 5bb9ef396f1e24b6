import Records

extension Check {
    /// Letters of two alphabets in one word: a Cyrillic а among Latin letters looks right and is never found.
    static let mixedScripts = Check(
        "mixed-scripts", .error, .warning,
        title: Text(en: "Letters of different alphabets in one word", zh: "同一词中混用不同字母"),
        explains: ["name-in-latin", "malformed-value"],
        search: .rawCells(
            for: { $0.kind != .number && $0.kind != .date && $0.kind != .phone }, having: .greekOrCyrillic
        ) { cell, _ in
            // Greek and Cyrillic begin with CE to D4 in UTF-8.
            guard cell.bytes.contains(where: { (0xCD...0xD4).contains($0) }),
                cell.bytes.contains(where: { (0x61...0x7A).contains($0 | 0x20) })
            else { return nil }
            return MixedWord.find(in: cell.text).map { Hit(suggestion: $0.repaired, detail: $0.odd) }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let odd = Wording.quoted(finding.detail)
            let known = Wording.suggestion(finding)
            return Text(
                en: "\(name) is \(cell): \(odd) is of another alphabet than the letters beside it\(known.en)",
                zh: "\(name) 为\(cell)：\(odd)与旁边的字母不属同一字母表\(known.zh)")
        })
}

enum MixedWord {
    /// The letters of the rarer alphabet in a word that has two, and the text with Latin letters in their place when all of them
    /// look like one; else an empty text.
    static func find(in text: String) -> (odd: String, repaired: String)? {
        var odd = String.UnicodeScalarView()
        var repaired = String.UnicodeScalarView()
        var isSure = true
        var found = false
        for word in text.unicodeScalars.split(omittingEmptySubsequences: false, whereSeparator: { $0 == " " }) {
            if !repaired.isEmpty || found { repaired.append(" ") }
            found = true
            let latin = word.count { isLatin($0) }
            let others = word.filter { isGreekOrCyrillic($0) }
            guard latin > 0, !others.isEmpty else {
                repaired.append(contentsOf: word)
                continue
            }
            if latin >= others.count {
                odd.append(contentsOf: others)
                for scalar in word {
                    if let twin = twins[scalar] {
                        repaired.append(twin)
                    } else {
                        if isGreekOrCyrillic(scalar) { isSure = false }
                        repaired.append(scalar)
                    }
                }
            } else {
                odd.append(contentsOf: word.filter { isLatin($0) })
                isSure = false
                repaired.append(contentsOf: word)
            }
        }
        return odd.isEmpty ? nil : (String(odd), isSure ? String(repaired) : "")
    }

    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
        (0x61...0x7A).contains(scalar.value | 0x20) || (0xC0...0x24F).contains(scalar.value)
    }

    private static func isGreekOrCyrillic(_ scalar: Unicode.Scalar) -> Bool {
        (0x370...0x3FF).contains(scalar.value) || (0x400...0x52F).contains(scalar.value)
    }

    /// Letters that cannot be told from Latin ones by looking.
    private static let twins: [Unicode.Scalar: Unicode.Scalar] = {
        let foreign = "аАВсСеЕНіІјЈКМоОрРТхХуУѕЅԁԛԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"
        let latin = "aABcCeEHiIjJKMoOpPTxXyYsSdqWABEZHIKMNOPTYXo"
        return Dictionary(zip(foreign.unicodeScalars, latin.unicodeScalars), uniquingKeysWith: { first, _ in first })
    }()
}
