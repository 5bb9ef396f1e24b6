import FuzzyText
import Records

extension KeyTransform {
    private static let names: Set<FieldKind> = [.personName, .givenName, .surname]

    static let nameTransforms: [KeyTransform] = [
        KeyTransform(
            "pinyin", Text(en: "syllables without tone, also of a romanised name", zh: "不带声调的读音，拼音写法亦同"),
            names
        ) { filled(ChineseName.pinyinKey($0)) },
        KeyTransform(
            "sound", Text(en: "sound that forgives dialects and spellings", zh: "容忍方音与拼写差异的读音"),
            names.union([.city, .text]), quick: LatinName.appendPhoneticKey
        ) { text in
            filled(ChineseName.isHan(text) ? ChineseName.confusableKey(text) : LatinName.phoneticKey(text))
        },
        KeyTransform(
            "surname", Text(en: "surname of a full name", zh: "姓名中的姓"), [.personName]
        ) { surname(of: $0) },
        KeyTransform(
            "given", Text(en: "given name of a full name", zh: "姓名中的名"), [.personName]
        ) { given(of: $0) },
        KeyTransform(
            "nickname", Text(en: "sound of the first name, or of the name its nickname stands for", zh: "首名或昵称所指之名的读音"),
            [.givenName]
        ) { text in
            guard let first = text.split(whereSeparator: { $0 == " " || $0 == "-" }).first.map(String.init) else {
                return nil
            }
            return filled(LatinName.phoneticKey(LatinName.canonicalGiven(first) ?? first))
        },
        KeyTransform(
            "initial", Text(en: "first letter or character", zh: "首字"), names.union([.text, .city, .street])
        ) { $0.unicodeScalars.first.map { String($0) } },
    ]

    private static func filled(_ text: String) -> String? { text.isEmpty ? nil : text }

    private static func surname(of text: String) -> String? {
        guard ChineseName.isHan(text) else { return text.split(separator: " ").last.map(String.init) }
        let scalars = text.unicodeScalars.map { HanTable.shared.simplified($0.value) }
        let length = ChineseName.surnameLength(scalars)
        return length == 0 ? nil : string(scalars.prefix(length))
    }

    private static func given(of text: String) -> String? {
        guard ChineseName.isHan(text) else { return text.split(separator: " ").first.map(String.init) }
        let scalars = text.unicodeScalars.map { HanTable.shared.simplified($0.value) }
        let length = ChineseName.surnameLength(scalars)
        return scalars.count > length ? string(scalars.dropFirst(length)) : nil
    }

    private static func string(_ scalars: ArraySlice<UInt32>) -> String {
        var text = String.UnicodeScalarView()
        for value in scalars { if let scalar = Unicode.Scalar(value) { text.append(scalar) } }
        return String(text)
    }
}
