import Testing

@testable import Encryption

@Suite struct Bech32Tests {
    @Test("Bytes come back from their text", arguments: 0...64)
    func roundTrip(_ count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + count) }
        let text = Bech32.text(bytes, prefix: "age")
        #expect(Bech32.bytes(text, prefix: "age") == bytes)
        #expect(Bech32.bytes(text.uppercased(), prefix: "age") == bytes)
        #expect(Bech32.bytes(text, prefix: "agf") == nil)
    }

    @Test("Every slip of one character, and every exchange of two neighbours, is found")
    func slips() {
        let text = Array(Bech32.text(Array(0..<32), prefix: "age"))
        for place in 4..<text.count {
            for letter in "qpzry9x8gf2tvdw0s3jn54khce6mua7lb!中" where letter != text[place] {
                var wrong = text
                wrong[place] = letter
                #expect(Bech32.bytes(String(wrong), prefix: "age") == nil)
            }
            guard place + 1 < text.count, text[place] != text[place + 1] else { continue }
            var wrong = text
            wrong.swapAt(place, place + 1)
            #expect(Bech32.bytes(String(wrong), prefix: "age") == nil)
        }
    }

    @Test(
        "What BIP 173 calls wrong is wrong", arguments: ["split1cheo2y9e2w", "split1a2y9w", "1nwldj5", "splitcheo", ""])
    func wrong(_ text: String) {
        #expect(Bech32.bytes(text, prefix: "split") == nil)
    }

    @Test("The code is that of BIP 173")
    func known() {
        #expect(Bech32.bytes("split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w", prefix: "split") != nil)
        #expect(Bech32.bytes("A12UEL5L", prefix: "a") == [])
    }

    @Test("Mixed case is wrong") func mixedCase() {
        var text = Bech32.text([1, 2, 3, 200], prefix: "age")
        text = "A" + text.dropFirst()
        #expect(Bech32.bytes(text, prefix: "age") == nil)
    }
}
