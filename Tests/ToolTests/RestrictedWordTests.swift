import Foundation
import Testing

/// Words about records that no run uses.
@Suite struct RestrictedWordTests {
    @Test func `a cell of a person without a record in force is not written, and a decision says that it waits`() throws
    {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            #expect(try registry.clean().status == 0)
            let member = try registry.newest("members.csv").first { $0.hasPrefix("a,A0003,") }
            let person = String(try #require(member).suffix(9))
            #expect(try registry.say("restrict", "a:A0003").status == 0)
            #expect(try registry.clean().status == 0)
            let refused = try registry.say("override", person, "phone", "13800138765")
            #expect(refused.status == 3, "\(refused.errors)")
            #expect(refused.errors.contains("E-WRD-012"))
            let decided = try registry.say("decide", "different", "a:A0003", "a:A0004", "--later")
            #expect(decided.status == 0)
            #expect(decided.output.contains("a:A0003 is restricted: this counts once the restriction is lifted"))
        }
    }
}
