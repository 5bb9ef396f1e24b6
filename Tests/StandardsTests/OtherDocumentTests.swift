import Standards
import Testing

@Suite struct OtherDocumentTests {
    @Test(arguments: [
        ("E12345678", OtherDocument.passport), ("G12345678", .passport), ("EA1234567", .passport),
        ("H12345678", .homeReturnPermit), ("M1234567890", .homeReturnPermit),
        ("12345678", .taiwanPermit), ("T12345678", .taiwanPermit),
        ("USA110000123456", .permanentResidence), ("军字第1234567号", .military), ("R123456789", .birthCertificate),
        ("510112197809172644", nil), ("510112780917264", nil), ("13812345678", nil), ("E123", nil), ("", nil),
        ("ABCDEFGH", nil), ("990101198503070316", nil),
    ])
    func numbersAreToldByTheirForm(_ text: String, _ expected: OtherDocument?) {
        let found = Array(text.utf8).withUnsafeBufferPointer { OtherDocument($0) }
        #expect(found == expected)
    }

    @Test func permanentResidenceNumbersSince2023AreToldByCountryAndCheckCharacter() throws {
        let id = try #require(ResidentID(first17: "91184019850307001")?.text)
        #expect(Array(id.utf8).withUnsafeBufferPointer { OtherDocument($0) } == .permanentResidence)
        let wrong = id.dropLast() + (id.hasSuffix("1") ? "2" : "1")
        #expect(Array(wrong.utf8).withUnsafeBufferPointer { OtherDocument($0) } == nil)
    }

    @Test(arguments: OtherDocument.allCases)
    func everyDocumentHasANameInBothLanguages(_ document: OtherDocument) {
        #expect(document.name.en.utf8.allSatisfy { $0 < 0x80 })
        #expect(document.name.zh.unicodeScalars.allSatisfy { $0.value > 0x80 })
    }
}
