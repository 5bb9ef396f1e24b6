extension Check {
    /// Every check that needs no configuration, in the order of lists for people: what is missing, what has the wrong
    /// form, what contradicts itself, what is there twice.
    package static let all: [Check] = [
        missingRequired, inferableMissing,
        badDate, badPhone, badDivision, retiredDivision, badCode, badEthnicGroup, malformedValue,
        badResidentID, residentIDChecksum, residentIDSpreadsheetDamage, residentIDDivision, residentIDBirth,
        legacyResidentID,
        idAgainstBirthDate, idAgainstSex, addressAgainstDivision,
        futureDate, implausibleDate, placeholderDate, dateOrder,
        damagedText, invisibleCharacters, nameInLatin,
        sameIDDifferentPeople,
        differsFromLinked, linkedValuesDiffer, linkedValueChanged, writtenDifferently, fillableFromLinked,
        tooThinToLink,
    ]

    package static func named(_ name: String) -> Check? { byName[name] }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
