extension Check {
    /// Every check that needs no configuration, in the order of lists for people: what is missing, what has the wrong
    /// form, what contradicts itself, what stands in the wrong place, what is there twice, what is unlike the rest.
    package static let all: [Check] = [
        missingRequired, inferableMissing, maskedValue, placeholderValue, recordNumberGap, volumeBreak,
        badDate, badPhone, badDivision, retiredDivision, badCode, badEthnicGroup, malformedValue, lettersForDigits,
        digitsForLetters,
        spreadsheetNumber,
        badResidentID, residentIDChecksum, residentIDSpreadsheetDamage, residentIDDivision, residentIDDissolvedDivision,
        residentIDBirth, legacyResidentID, otherDocument,
        idAgainstBirthDate, idAgainstSex, idAgainstDivision, addressAgainstDivision,
        futureDate, implausibleDate, placeholderDate, dateOrder, eventOrder, ageLimit, statusTransition,
        shiftedRow, exchangedColumns, exchangedNames, misplacedValue,
        damagedText, misreadEncoding, invisibleCharacters, mixedScripts, privateUseCharacters, rareCharacters,
        truncatedText, doubledText, nameInLatin,
        sameIDDifferentPeople, phoneOnMany,
        frequentValue, unusualPattern, outlyingNumber,
        differsFromLinked, linkedValuesDiffer, linkedStatusOrder, linkedValueChanged, writtenDifferently,
        fillableFromLinked, tooThinToLink,
    ]

    package static func named(_ name: String) -> Check? { byName[name] }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    static func sentence(of name: String) -> Sentence? { sentences[name] }

    private static let sentences = byName.mapValues(\.tell)
}
