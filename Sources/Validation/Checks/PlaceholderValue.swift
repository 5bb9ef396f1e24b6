import Records

extension Check {
    /// What people type to get past a required field: 测试, 某某之子, 王先生, 同上, TEST, 13800138000, 12345678901, one digit all over. Words that
    /// mean "not known" (不详, 无, N/A) are no values at all; where one is required they count as missing.
    static let placeholderValue = Check(
        "placeholder-value", .omission, .warning,
        title: Text(en: "Placeholder in place of a value", zh: "疑似占位内容"),
        explains: [
            "bad-phone", "bad-resident-id", "malformed-value", "resident-id-checksum", "resident-id-division",
            "resident-id-birth", "resident-id-spreadsheet-damage", "name-in-latin", "frequent-value", "doubled-text",
            "phone-on-many", "same-id-different-people", "other-document", "misplaced-value", "digits-for-letters",
        ],
        search: .values(for: { PlaceholderText.kinds.contains($0.kind) }) { value, facts in
            PlaceholderText.isOne(value.bytes, facts.records.schema.fields[value.field].kind) ? Hit() : nil
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            return Text(
                en: "\(name) is \(cell), which is typed where nothing is known; ask for the real value",
                zh: "\(name) 为\(cell)，是无资料时的占位填写；请核实真实内容")
        })
}

enum PlaceholderText {
    static let kinds: Set<FieldKind> = [
        .personName, .givenName, .surname, .phone, .residentID, .identifier, .address, .street, .city, .email,
    ]

    static func isOne(_ text: UnsafeBufferPointer<UInt8>, _ kind: FieldKind) -> Bool {
        guard let first = text.first, text.count <= 60 else { return false }
        switch kind {
        case .phone: return isPhone(text)
        case .residentID, .identifier: return text.count >= 8 && (isOneDigit(text) || isCounting(text))
        case .personName, .givenName, .surname:
            return first < 0x80
                ? isLatin(text, inParts: kind != .personName) : isHanName(text, isWhole: kind == .personName)
        case .email: return isLatin(text.prefix { $0 != 0x40 })
        default: return first < 0x80 ? isLatin(text) : starts(text, with: hanWords) && text.count <= 18
        }
    }

    /// The number of every advertisement, one digit all over but the first, or digits in their order.
    private static func isPhone(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count >= 7, text.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return false }
        if text.count == 11, text.elementsEqual("13800138000".utf8) || text.elementsEqual("13900139000".utf8) {
            return true
        }
        if text.count == 11, text[0] == 0x31, isOneDigit(UnsafeBufferPointer(rebasing: text[3...])), text[3] == 0x30 {
            return true
        }
        return isOneDigit(text) || isCounting(text)
    }

    private static func isOneDigit(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = text.first, first >= 0x30, first <= 0x39 else { return false }
        return text.allSatisfy { $0 == first }
    }

    /// 123456789…, 987654321…, wrapping around after 9 or 0.
    private static func isCounting(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count >= 7, text.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return false }
        func goes(by step: Int) -> Bool {
            zip(text, text.dropFirst()).allSatisfy { (Int($0) - 0x30 + step + 10) % 10 == Int($1) - 0x30 }
        }
        return (text[0] == 0x30 || text[0] == 0x31) && goes(by: 1) || text[0] == 0x39 && goes(by: -1)
    }

    /// The bare word, also with digits after it: test, TEST01, abc123, asdf, xxx, aaaa.
    ///
    /// - Parameter inParts: the text is a surname or a given name alone. Test, Sample and Nobody are surnames.
    private static func isLatin(_ text: some Sequence<UInt8>, inParts: Bool = false) -> Bool {
        let letters = text.map { $0 | 0x20 }
        let word = Array(letters.prefix { (0x61...0x7A).contains($0) })
        guard word.count >= 3, letters[word.count...].allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x20 }) else {
            return false
        }
        // One letter all over; three of them may be initials.
        if word.count >= 4, word.allSatisfy({ $0 == word[0] }) { return true }
        if inParts, letters.count == word.count, surnames.contains(word) { return false }
        return latinWords.contains(word)
    }

    private static let latinWords: Set<[UInt8]> = Set(
        [
            "test", "testing", "tester", "testperson", "testname", "sample", "dummy", "asdf", "asdfg", "asdfgh",
            "qwert", "qwerty", "abc", "abcd", "xxx", "anonymous", "anon", "noname", "nobody", "someone", "example",
            "ceshi", "foobar", "tobedetermined",
        ].map { Array($0.utf8) })

    private static let surnames: Set<[UInt8]> = Set(
        ["test", "tester", "sample", "example", "nobody", "dummy", "anon"].map { Array($0.utf8) })

    /// 某某之子, 张某, 李某某, 王之女, 测试, 测试一, 无名女尸, 弃婴.
    private static func isHanName(_ text: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> Bool {
        guard text.count >= 6, mayBeHanPlaceholder(text) else { return false }
        let name = String(decoding: text, as: UTF8.self)
        if hanWords.contains(where: { name.hasPrefix($0) }) { return true }
        if name.hasSuffix("某") || name.hasPrefix("某") { return true }
        guard isWhole, name.unicodeScalars.count <= 6 else { return false }
        if kinship.contains(where: { name.hasSuffix($0) }) { return true }
        // 张建国先生 is a name.
        return name.unicodeScalars.count <= 4 && courtesies.contains { name.hasSuffix($0) }
    }

    /// 某 or 之 somewhere, or the first character of one of the words, or the last one of a word of courtesy.
    private static func mayBeHanPlaceholder(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        if hanHeads.contains(character(text.prefix(3))) || courtesyTails.contains(character(text.suffix(3))) {
            return true
        }
        for index in 0..<(text.count - 2) {
            if text[index] == 0xE6, text[index + 1] == 0x9F, text[index + 2] == 0x90 { return true }
            if text[index] == 0xE4, text[index + 1] == 0xB9, text[index + 2] == 0x8B { return true }
        }
        return false
    }

    private static let hanHeads = Set(hanWords.map { character($0.utf8.prefix(3)) })
    private static let courtesyTails = Set(courtesies.map { character($0.utf8.suffix(3)) })

    /// The bytes of a character of three.
    private static func character(_ bytes: some Sequence<UInt8>) -> UInt32 {
        bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func starts(_ text: UnsafeBufferPointer<UInt8>, with words: [String]) -> Bool {
        words.contains { text.starts(with: $0.utf8) }
    }

    private static let hanWords = ["测试", "測試", "无名", "無名", "未命名", "弃婴", "待取名", "未取名", "示例", "样例", "某某"] + references
    /// What stands elsewhere stands not here, and the record before is another one after the next sorting.
    private static let references = [
        "同上", "同户籍", "同戶籍", "见户口", "見戶口", "见身份证", "見身份證", "见附件", "見附件", "见备注", "見備註", "详见", "詳見",
    ]
    /// 王先生 is any of a million.
    private static let courtesies = ["先生", "女士", "小姐", "太太"]
    private static let kinship = ["之子", "之女", "之妻", "之夫", "之母", "之父", "之婴"]
}
