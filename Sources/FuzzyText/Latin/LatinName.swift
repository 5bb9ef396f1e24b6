/// Personal names in Latin letters.
package enum LatinName {
    /// Lower-case ASCII words divided by single blanks: marks dropped (é → e), ligatures and letters of their own spelt
    /// out (ß → ss, æ → ae, ł → l, ø → o). Apostrophes and full stops vanish (O'Brien → obrien); any other run of what
    /// is neither letter nor digit is a blank. Letters of other scripts stay, in lower case.
    package static func fold(_ text: String) -> String {
        var folded = ""
        folded.reserveCapacity(text.utf8.count)
        var isGap = false
        for scalar in text.unicodeScalars {
            let letters: Substring
            if let spelt = LatinLetters.shared.ascii(scalar) {
                letters = spelt
            } else if LatinLetters.vanishes(scalar) {
                continue
            } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                letters = Substring(scalar.properties.lowercaseMapping)
            } else {
                isGap = true
                continue
            }
            if isGap, !folded.isEmpty { folded += " " }
            isGap = false
            folded += letters
        }
        return folded
    }
}
