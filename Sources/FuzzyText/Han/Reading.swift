/// How a character is read: numbers for comparing, texts for people.
///
/// Characters without a known reading get a reading of their own, so that they are equal to themselves alone.
package struct Reading: Sendable, Hashable {
    /// The syllable with its tone.
    package let syllable: UInt16
    /// The syllable alone.
    package let toneless: UInt16
    /// The syllable after merging what speakers of some dialects do not tell apart: see `Syllables.merged`.
    package let confusable: UInt16

    /// `zhang1`, with `v` for ü and 5 for the neutral tone; empty for a character without a known reading.
    package var text: String {
        let plain = tonelessText
        return plain.isEmpty ? "" : plain + String(syllable & 7)
    }

    /// `zhang`
    package var tonelessText: String { Syllables.shared.text(toneless) }

    /// One text for the syllables that are easily confused: `zan` for `zhang`, `zang`, `zhan` and `zan`.
    package var confusableText: String { Syllables.shared.mergedText(confusable) }
}
