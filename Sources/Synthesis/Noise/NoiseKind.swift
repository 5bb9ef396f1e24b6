package import Records

/// A way in which a record can differ from the person it is about. The names are those of `errors.csv` and `--rate`.
package enum NoiseKind: Int, Sendable, CaseIterable {
    case homophone, lookalike, traditional, interpunct, nameSpace, pinyinName
    case idDigit, idTranspose, idFullWidth, idLegacy15, idChecksum, idRelative, idLowerX
    case sexMismatch, dateFormat, dateSwap, dateDigit, dateFuture, ethnicMismatch, ethnicInvalid
    case retiredCode, invalidCode, moved, addressShort, addressTypo, addressFullWidth
    case phoneDigit, phoneChanged, phoneShort, phoneFullWidth
    case registeredInFuture, deathBeforeRegistration, visitBeforeOpening
    case missing

    package static var all: [NoiseKind] { allCases }

    package init?(name: String) {
        guard let kind = Self.all.first(where: { $0.name == name }) else { return nil }
        self = kind
    }

    package var name: String { facts.name }

    /// Chance per record at scale 1 in an office of average care; of the records concerned where the sentence says so.
    package var rate: Double { facts.rate }

    package var sentence: Text { Text(en: facts.en, zh: facts.zh) }

    /// Kinds whose rate is a share of some records or fields; the care of the office does not change it.
    var isShareOfSome: Bool {
        switch self {
        case .missing, .interpunct, .idLowerX, .deathBeforeRegistration: true
        default: false
        }
    }

    private var facts: (name: String, rate: Double, en: String, zh: String) {
        switch self {
        case .homophone:
            (
                "homophone", 0.025, "one character of the name replaced by one that sounds the same",
                "姓名中一字误作同音字"
            )
        case .lookalike:
            (
                "lookalike", 0.016, "one character of the name replaced by one that looks alike",
                "姓名中一字误作形近字"
            )
        case .traditional:
            ("traditional", 0.008, "name in traditional or variant characters", "姓名写作繁体或异体字")
        case .interpunct:
            (
                "interpunct", 0.25, "other dot in a name that has an interpunct (of such names)",
                "姓名间隔号写法不同（占有间隔号者）"
            )
        case .nameSpace: ("name_space", 0.006, "blank inside, before or after the name", "姓名中或前后有空格")
        case .pinyinName: ("pinyin_name", 0.002, "name written in Latin letters", "姓名写作拼音")
        case .idDigit: ("id_digit", 0.009, "one digit of the number mistyped", "身份证号错一位")
        case .idTranspose:
            ("id_transpose", 0.006, "two neighbouring digits of the number swapped", "身份证号相邻两位颠倒")
        case .idFullWidth: ("id_fullwidth", 0.005, "number in full-width digits", "身份证号为全角数字")
        case .idLegacy15:
            (
                "id_legacy15", 0.03, "old 15-digit number (people born before 1985)",
                "旧 15 位身份证号（1985 年前出生者）"
            )
        case .idChecksum: ("id_checksum", 0.006, "wrong check character, the rest right", "身份证号仅校验码错误")
        case .idRelative:
            ("id_relative", 0.004, "number of another member of the household", "误填家庭其他成员的身份证号")
        case .idLowerX:
            ("id_lower_x", 0.10, "x for X (of numbers that end in X)", "末位 X 写作小写（占末位为 X 者）")
        case .sexMismatch: ("sex_mismatch", 0.005, "sex contradicts the number", "性别与身份证号不符")
        case .dateFormat:
            ("date_format", 0.04, "date in another notation (value is right)", "日期写法不同（值正确）")
        case .dateSwap: ("date_swap", 0.006, "day and month swapped", "日与月颠倒")
        case .dateDigit: ("date_digit", 0.010, "birth date with one wrong part", "出生日期错一处")
        case .dateFuture: ("date_future", 0.0015, "birth date in the future", "出生日期在将来")
        case .ethnicMismatch: ("ethnic_mismatch", 0.003, "another valid ethnic group", "误作另一民族")
        case .ethnicInvalid: ("ethnic_invalid", 0.003, "ethnic group that does not exist", "不存在的民族")
        case .retiredCode: ("retired_code", 0.02, "division code that was retired", "已撤销的区划代码")
        case .invalidCode: ("invalid_code", 0.004, "division code that never existed", "从未存在的区划代码")
        case .moved: ("moved", 0.05, "residence is the former address (natural change)", "居住地为旧址（自然变化）")
        case .addressShort: ("addr_short", 0.08, "address without province and prefecture", "地址省略省市")
        case .addressTypo:
            ("addr_typo", 0.02, "one character of the address wrong or dropped", "地址错漏一字")
        case .addressFullWidth: ("addr_fullwidth", 0.02, "full-width digits in the address", "地址含全角数字")
        case .phoneDigit: ("phone_digit", 0.008, "one digit of the phone number wrong", "电话错一位")
        case .phoneChanged:
            ("phone_changed", 0.05, "an older phone number (natural change)", "旧电话号码（自然变化）")
        case .phoneShort: ("phone_short", 0.003, "phone number with a digit missing", "电话少一位")
        case .phoneFullWidth:
            ("phone_fullwidth", 0.004, "full-width digits in the phone number", "电话为全角数字")
        case .registeredInFuture: ("reg_future", 0.002, "registration date in the future", "登记日期在将来")
        case .deathBeforeRegistration:
            ("death_before_reg", 0.10, "died before registration (of the dead)", "死亡早于登记（占死亡者）")
        case .visitBeforeOpening:
            ("visit_before_open", 0.004, "last visit before the file was opened", "末次走访早于建档")
        case .missing:
            (
                "missing", 1.0, "value absent; multiplies the usual shares per field and office",
                "缺值（乘以各栏各处的常见比例）"
            )
        }
    }
}
