import FuzzyText
import Records
import Standards

/// What a cell looks like, whatever field it stands in: the forms that are told apart for certain by looking.
struct CellForm: OptionSet, Sendable, Hashable {
    let rawValue: UInt8

    static let residentID = CellForm(rawValue: 1)
    static let mobile = CellForm(rawValue: 2)
    static let date = CellForm(rawValue: 4)
    static let email = CellForm(rawValue: 8)
    /// Three or more Chinese characters of which some name a place, with a number or a division at the head.
    static let address = CellForm(rawValue: 16)
    /// Two to four Chinese characters, the first a surname. Short names of places look so too.
    static let hanName = CellForm(rawValue: 32)
    static let ethnicGroup = CellForm(rawValue: 64)
    static let division = CellForm(rawValue: 128)

    /// What values of a kind look like; empty for kinds that have no look of their own.
    static func own(_ kind: FieldKind) -> CellForm {
        switch kind {
        case .residentID: .residentID
        case .phone: .mobile
        case .date: .date
        case .email: .email
        case .address: .address
        case .personName: .hanName
        case .ethnicGroup: .ethnicGroup
        case .division: .division
        case .givenName, .surname, .identifier, .street, .houseNumber, .city, .postcode, .code, .number, .text: []
        }
    }

    /// Forms that nothing but a value of their kind has: one such cell in the wrong field is enough.
    static let unmistakable: CellForm = [.residentID, .mobile, .email, .address]

    /// In the order in which they are named.
    static let named: [(form: CellForm, name: Text)] = [
        (.residentID, Text(en: "a resident id", zh: "身份证号")),
        (.mobile, Text(en: "a telephone number", zh: "电话号码")),
        (.email, Text(en: "a mail address", zh: "电子邮箱")),
        (.date, Text(en: "a date", zh: "日期")),
        (.address, Text(en: "an address", zh: "地址")),
        (.ethnicGroup, Text(en: "an ethnic group", zh: "民族")),
        (.division, Text(en: "a division code", zh: "行政区划代码")),
        (.hanName, Text(en: "a name", zh: "姓名")),
    ]

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Of any text, as written or normalised.
    init(of text: UnsafeBufferPointer<UInt8>) {
        guard let first = text.first, text.count <= 200 else {
            self = []
            return
        }
        self =
            first < 0x80
            ? Self.inASCII(text) : HanForm.of(String(decoding: text, as: UTF8.self).unicodeScalars.map(\.value))
    }

    private static func inASCII(_ text: UnsafeBufferPointer<UInt8>) -> CellForm {
        let digits = text.count { $0 >= 0x30 && $0 <= 0x39 }
        if digits == text.count {
            switch digits {
            case 6: return Divisions.shared.isKnown(String(decoding: text, as: UTF8.self)) ? .division : []
            case 8: return isPlausible(text, 0, 4, 6) ? .date : []
            case 11: return PhoneShape.isMobile(text) ? .mobile : []
            // Without its X, which a telephone number has none of.
            case 17: return ResidentID(String(decoding: text, as: UTF8.self) + "X")?.isValid == true ? .residentID : []
            case 18: return isResidentID(text) ? .residentID : []
            default: return []
            }
        }
        if digits == 17, text.count == 18, text[17] | 0x20 == 0x78 { return isResidentID(text) ? .residentID : [] }
        if digits == 8, text.count == 10, isSeparator(text[4]), text[4] == text[7] {
            return isPlausible(text, 0, 5, 8) ? .date : []
        }
        guard let at = text.firstIndex(of: 0x40), at > 0, text[at...].dropFirst(2).contains(0x2E), !text.contains(0x20),
            text.count(where: { $0 == 0x40 }) == 1
        else { return [] }
        return .email
    }

    private static func isSeparator(_ byte: UInt8) -> Bool { byte == 0x2D || byte == 0x2F || byte == 0x2E }

    private static func isPlausible(_ text: UnsafeBufferPointer<UInt8>, _ y: Int, _ m: Int, _ d: Int) -> Bool {
        func number(_ start: Int, _ count: Int) -> Int {
            text[start..<(start + count)].reduce(0) { $0 * 10 + Int($1 &- 0x30) }
        }
        let year = number(y, 4)
        return (1880...2100).contains(year)
            && CivilDate(year: year, month: number(m, 2), day: number(d, 2)) != nil
    }

    private static func isResidentID(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let id = ResidentID(String(decoding: text, as: UTF8.self).uppercased()) else { return false }
        return id.birthDate != nil && Divisions.shared.isKnown(id.divisionCode)
    }
}

/// Chinese texts: names, addresses, ethnic groups.
enum HanForm {
    static func of(_ scalars: [UInt32]) -> CellForm {
        guard scalars.count >= 2, scalars.count <= 60, ChineseName.isHan(scalars[0]) else { return [] }
        let text = String(String.UnicodeScalarView(scalars.compactMap(Unicode.Scalar.init)))
        if EthnicGroup.code(for: text) != nil { return .ethnicGroup }
        let last = scalars[scalars.count - 1]
        if scalars.count <= 4, scalars.allSatisfy(ChineseName.isHan) {
            if placeEnds.contains(last) || scalars.dropFirst().contains(where: surePlaceEnds.contains) { return [] }
            let surname = String(String.UnicodeScalarView(scalars.prefix(1).compactMap(Unicode.Scalar.init)))
            let pair = String(String.UnicodeScalarView(scalars.prefix(2).compactMap(Unicode.Scalar.init)))
            return Surnames.shared.weight(surname) > 0 || Surnames.shared.isCompound(pair) ? .hanName : []
        }
        let hasNumber = scalars.contains { ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0xFF10 && $0 <= 0xFF19) }
        let places = scalars.count(where: surePlaceEnds.contains)
        if scalars.count >= 6, places >= 2 || places >= 1 && hasNumber { return .address }
        return []
    }

    private static func set(_ text: String) -> Set<UInt32> { Set(text.unicodeScalars.map(\.value)) }

    /// Ends of names of places; persons' names end so too, but seldom.
    private static let placeEnds = set("省市区县旗州盟镇乡村路街巷弄号院楼室组屯寨庄湾店桥坝坪堡洲港湖山岭沟里")
    /// Hardly in names of persons.
    private static let surePlaceEnds = set("省市区县镇乡村路街巷弄号楼室屯")
}

extension CellForm {
    init(of text: String) {
        var text = text
        self = text.withUTF8 { CellForm(of: $0) }
    }
}
