/// Latin letters beyond ASCII and how they are spelt with ASCII letters.
struct LatinLetters: Sendable {
    static let shared = LatinLetters()

    /// Below U+0250 by scalar, empty: none.
    private let low: [Substring]
    private let high: [UInt32: Substring]

    private init() {
        var low = [Substring](repeating: "", count: 0x250)
        var high: [UInt32: Substring] = [:]
        func set(_ scalar: Unicode.Scalar, _ spelling: Substring) {
            if scalar.value < 0x250 { low[Int(scalar.value)] = spelling } else { high[scalar.value] = spelling }
        }
        for letter in "abcdefghijklmnopqrstuvwxyz".unicodeScalars {
            set(letter, Substring(String(letter)))
            if let capital = Unicode.Scalar(letter.value - 0x20) { set(capital, Substring(String(letter))) }
        }
        for digit in "0123456789".unicodeScalars { set(digit, Substring(String(digit))) }
        for line in Self.table.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: " ")
            for letter in parts[1].unicodeScalars {
                set(letter, parts[0])
                let capital = letter.properties.uppercaseMapping.unicodeScalars
                if capital.count == 1, let scalar = capital.first { set(scalar, parts[0]) }
            }
        }
        self.low = low
        self.high = high
    }

    func ascii(_ scalar: Unicode.Scalar) -> Substring? {
        if scalar.value < 0x250 {
            let spelling = low[Int(scalar.value)]
            return spelling.isEmpty ? nil : spelling
        }
        return high[scalar.value]
    }

    /// Combining marks, apostrophes and full stops leave no gap in a name.
    static func vanishes(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x300...0x36F, 0x27, 0x60, 0xB4, 0x2B9...0x2BC, 0x2018, 0x2019, 0x201B, 0x2032, 0xFF07, 0x2E, 0xAD,
            0x200B...0x200F:
            true
        default: false
        }
    }

    private static let table = """
        a àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ
        ae æǽǣ
        b ƀɓḃḅḇ
        c ƈçćĉċčḉ
        d đðɖɗďḋḍḏḑḓ
        dz ǆǳ
        e əɛǝèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ
        f ƒḟ
        ff ﬀ
        ffi ﬃ
        ffl ﬄ
        fi ﬁ
        fl ﬂ
        g ɠĝğġģǧǵḡ
        h ħĥȟḣḥḧḩḫẖ
        i İıɨìíîïĩīĭįǐȉȋḭḯỉị
        ij ĳ
        j ĵǰ
        k ĸƙķǩḱḳḵ
        l łŀƚɫĺļľḷḹḻḽ
        lj ǉ
        m ḿṁṃ
        n ŉɲƞñńņňǹṅṇṉṋ
        ng ŋ
        nj ǌ
        o øǿơɔòóôõöōŏőǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ
        oe œ
        p ƥṕṗ
        r ʀŕŗřȑȓṙṛṝṟ
        s ſśŝşšșṡṣṥṧṩ
        ss ßẞ
        st ﬆﬅ
        t ŧƭʈţťțṫṭṯṱẗ
        th þ
        u ưʉùúûüũūŭůűųǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự
        v ʋṽṿ
        w ŵẁẃẅẇẉẘ
        x ẋẍ
        y ƴýÿŷȳẏẙỳỵỷỹ
        z ƶʒǯźżžẑẓẕ
        """
}
