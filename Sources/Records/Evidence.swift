/// Why a finding blames the cell it blames, and where its suggestion comes from, when that was learned from other cells and
/// records than the check itself looks at.
///
/// It travels behind `Finding.detail`, after a control character, so that a finding stays one small value and keeps its
/// id whether evidence was found or not.
package struct Evidence: Sendable, Hashable {
    package enum Reason: Sendable, Hashable {
        /// So many of the person's records have the other value, so many this one.
        case majority(Int, against: Int)
        /// The record that has the other value, and the value.
        case origin(RecordKey, value: String)
        /// A value of a linked record that may be right but has to be confirmed.
        case candidate(RecordKey, value: String)
        case slip(Slip)
        /// The check character of the other value holds.
        case checkCharacter
        /// A valid resident id among the person's records says so.
        case residentID
        /// The birth date of the person's records is not the one in the id.
        case birthDate
        /// The id stands on the record of another person too.
        case usedByOthers
        /// So many linked records have what stands in the cell beside it.
        case confirmed(Int)
        /// The characters of the other name are commoner in this registry.
        case commonName
        /// Linked records say less often something wrong in this field when they come from this source.
        case source(String)
        /// The other text stands in other cells as well.
        case elsewhere
        /// The other address can be read to the end.
        case readable
        /// A date that is wrong by itself, or contradicts linked records, stands beside it.
        case otherDate(String)
        case undecided
    }

    /// How one text becomes another by mistake.
    package enum Slip: String, Sendable, Hashable, CaseIterable {
        case digit
        case adjacentKey = "adjacent-key"
        case transposition
        case dayAndMonth = "day-and-month"
        case dropped
        case homophone
        case lookAlike = "look-alike"
        case character
        case exchanged
    }

    package var reasons: [Reason]

    package init(_ reasons: [Reason] = []) {
        self.reasons = reasons
    }

    package var isUndecided: Bool { reasons.contains(.undecided) }

    /// The part of a sentence that names the reasons, without punctuation at either end; empty without reasons.
    package func phrase(_ language: Language) -> Phrase {
        var phrase = Phrase()
        for (index, reason) in reasons.enumerated() {
            if index > 0 { phrase.append(language(en: ", ", zh: "，")) }
            phrase.append(reason.phrase(language))
        }
        return phrase
    }

    package var text: Text { Text { phrase($0).text } }
}

extension Finding {
    static let mark: UInt8 = 0x1F

    /// What the check itself adds to its message, behind its topic.
    package var remark: Substring {
        let statement = statement
        return topic.map { statement[statement.index(statement.startIndex, offsetBy: $0.count + 1)...] }
            ?? statement[...]
    }

    /// What the check itself adds to its message.
    package var statement: String {
        var detail = detail
        let start = detail.withUTF8 { $0.firstIndex(of: Self.mark) }
        return start.map { String(decoding: detail.utf8.prefix($0), as: UTF8.self) } ?? detail
    }

    package var evidence: Evidence {
        var detail = detail
        return detail.withUTF8 { bytes in
            guard let start = bytes.firstIndex(of: Self.mark) else { return Evidence() }
            return Evidence(coded: bytes[(start + 1)...])
        }
    }

    /// The finding as the check made it.
    package var withoutEvidence: Finding {
        let statement = statement
        return statement.utf8.count == detail.utf8.count
            ? self
            : Finding(
                kind: kind, check: check, severity: severity, row: row, field: field, suggestion: suggestion,
                otherRow: otherRow, detail: statement)
    }

    /// The same finding for another cell or with another suggestion, and with the reasons for that.
    package func revised(
        field: Int?? = nil, suggestion: String? = nil, severity: Severity? = nil, evidence: Evidence
    ) -> Finding {
        Finding(
            kind: kind, check: check, severity: severity ?? self.severity, row: row, field: field ?? self.field,
            suggestion: suggestion ?? self.suggestion, otherRow: otherRow,
            detail: Self.detail(statement, evidence))
    }

    package static func detail(_ statement: String, _ evidence: Evidence) -> String {
        evidence.reasons.isEmpty ? statement : statement + "\u{1F}" + evidence.coded
    }
}

extension Evidence {
    var coded: String {
        reasons.map { $0.parts.joined(separator: "\u{1D}") }.joined(separator: "\u{1E}")
    }

    init(coded: Slice<UnsafeBufferPointer<UInt8>>) {
        reasons = coded.split(separator: 0x1E).compactMap { reason in
            Reason(reason.split(separator: 0x1D, omittingEmptySubsequences: false))
        }
    }
}

extension Evidence.Reason {
    fileprivate var parts: [String] {
        switch self {
        case .majority(let other, let own): ["majority", String(other), String(own)]
        case .origin(let key, let value): ["origin", key.source, key.recordID, value]
        case .candidate(let key, let value): ["candidate", key.source, key.recordID, value]
        case .slip(let slip): ["slip", slip.rawValue]
        case .checkCharacter: ["check-character"]
        case .residentID: ["resident-id"]
        case .birthDate: ["birth-date"]
        case .usedByOthers: ["used-by-others"]
        case .confirmed(let count): ["confirmed", String(count)]
        case .commonName: ["common-name"]
        case .source(let name): ["source", name]
        case .elsewhere: ["elsewhere"]
        case .readable: ["readable"]
        case .otherDate(let field): ["other-date", field]
        case .undecided: ["undecided"]
        }
    }

    fileprivate init?(_ parts: [Slice<UnsafeBufferPointer<UInt8>>]) {
        func part(_ index: Int) -> String { index < parts.count ? String(decoding: parts[index], as: UTF8.self) : "" }
        func key() -> RecordKey { RecordKey(source: part(1), recordID: part(2)) }
        switch part(0) {
        case "majority": self = .majority(Int(part(1)) ?? 0, against: Int(part(2)) ?? 0)
        case "origin": self = .origin(key(), value: part(3))
        case "candidate": self = .candidate(key(), value: part(3))
        case "slip":
            guard let slip = Evidence.Slip(rawValue: part(1)) else { return nil }
            self = .slip(slip)
        case "check-character": self = .checkCharacter
        case "resident-id": self = .residentID
        case "birth-date": self = .birthDate
        case "used-by-others": self = .usedByOthers
        case "confirmed": self = .confirmed(Int(part(1)) ?? 0)
        case "common-name": self = .commonName
        case "source": self = .source(part(1))
        case "elsewhere": self = .elsewhere
        case "readable": self = .readable
        case "other-date": self = .otherDate(part(1))
        case "undecided": self = .undecided
        default: return nil
        }
    }

    fileprivate func phrase(_ language: Language) -> Phrase {
        switch self {
        case .majority(let other, let own):
            language(
                en:
                    "\(other) of the person's records \(other == 1 ? "has" : "have") the other value and \(own) this one",
                zh: "此人的记录中 \(other) 条为另一个值，\(own) 条为该值")
        case .origin(let key, let value):
            language(
                en: "record \(key.recordID) of \(key.source) has “\(value)”",
                zh: "来源 \(key.source) 的记录 \(key.recordID) 为“\(value)”")
        case .candidate(let key, let value):
            language(
                en: "record \(key.recordID) of \(key.source) has “\(value)”, to be confirmed",
                zh: "来源 \(key.source) 的记录 \(key.recordID) 为“\(value)”，待核实")
        case .slip(let slip): slip.phrase(language)
        case .checkCharacter: language(en: "the check character of the other holds", zh: "另一号码校验码正确")
        case .residentID: language(en: "a valid resident id says so", zh: "有效身份证号可证")
        case .birthDate:
            language(en: "the person's records have another birth date than the id", zh: "此人各记录的出生日期与该号码不符")
        case .usedByOthers: language(en: "the id stands on another person's record too", zh: "该号码还见于他人的记录")
        case .confirmed(let count):
            language(
                en: "\(count) linked \(count == 1 ? "record agrees" : "records agree") with the rest of the record",
                zh: "另有 \(count) 条关联记录与本记录其余内容一致")
        case .commonName:
            language(en: "its characters are rarer in the names of this registry", zh: "其用字在本登记册姓名中更少见")
        case .source(let name):
            language(en: "\(name) is seldomer wrong in this field", zh: "来源 \(name) 在该项上较少出错")
        case .elsewhere: language(en: "the other text stands in further cells", zh: "另一写法还见于其他单元格")
        case .readable: language(en: "the other address is complete", zh: "另一地址结构完整")
        case .otherDate(let field):
            language(en: "\(field) beside it is in order", zh: "与之相对的 \(field) 无误")
        case .undecided:
            language(en: "the data do not tell which of the two is wrong", zh: "仅凭数据无法判断哪一方有误")
        }
    }
}

extension Evidence.Slip {
    fileprivate func phrase(_ language: Language) -> Phrase {
        switch self {
        case .digit: language(en: "one digit differs", zh: "仅一位数字不同")
        case .adjacentKey: language(en: "one digit differs, by the key beside it", zh: "仅一位数字不同，为相邻键")
        case .transposition: language(en: "two neighbours are exchanged", zh: "相邻两位颠倒")
        case .dayAndMonth: language(en: "day and month are exchanged", zh: "月日颠倒")
        case .dropped: language(en: "one character is missing in one of them", zh: "其中一个少一个字符")
        case .homophone: language(en: "one character sounds the same", zh: "一字音同")
        case .lookAlike: language(en: "one character looks alike", zh: "一字形近")
        case .character: language(en: "one character differs", zh: "仅一字不同")
        case .exchanged: language(en: "the parts are exchanged", zh: "前后颠倒")
        }
    }
}
