import Testing

@testable import Pipeline

@Test func `two records are one person by the machine where a chain of its own links leads from one to the other`() {
    var links = MachineLinks()
    for (a, b, person) in [(1, 2, 7), (2, 3, 7), (4, 5, 7), (6, 8, 9), (1, 9, 8)] as [(Int64, Int64, UInt32)] {
        links.add(a, b, of: person)
    }
    links.sort()
    #expect(links.join(1, 3, of: 7) && links.join(3, 1, of: 7) && links.join(4, 5, of: 7) && links.join(6, 8, of: 9))
    // By what people said alone.
    #expect(!links.join(1, 4, of: 7) && !links.join(1, 9, of: 7) && !links.join(6, 8, of: 10))
    #expect(!MachineLinks().join(1, 2, of: 1))
}
