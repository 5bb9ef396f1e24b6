/// Personal names in Latin letters.
package enum LatinName {
    /// Lower-case ASCII: marks dropped (é → e), ligatures and letters of their own spelt out (ß → ss, æ → ae, ł → l, ø → o),
    /// any other run of characters that is no letter or digit becomes one blank, none at the ends. Apostrophes and full stops
    /// vanish (O'Brien → obrien). Letters of other scripts stay, in lower case.
    package static func fold(_ text: String) -> String {
        var folded = ""
        var pending = false
        for scalar in text.unicodeScalars {
            var piece: Substring
            if let spelt = LatinLetters.shared.ascii(scalar) {
                piece = spelt
            } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                piece = Substring(scalar.properties.lowercaseMapping)
            } else if LatinLetters.vanishes(scalar) {
                continue
            } else {
                pending = !folded.isEmpty
                continue
            }
            if pending {
                folded += " "
                pending = false
            }
            folded += piece
            piece = ""
        }
        return folded
    }
}
