package import Records
import Synchronization

/// Which field of a schema is which, for checks that hold one field against another.
package struct RecordRoles: Sendable, Hashable {
    /// The date field named like a birth date. Without one there is none: a guess would call every record wrong.
    package let birthDate: Int?
    /// The `code` field that has codes for both sexes, one named `sex` or `gender` before others.
    package let sex: Int?
    /// How the registry itself writes the sexes; what it makes of 男 and 女, or of `male` and `female`.
    package let sexCodes: SexCodes
    /// The first resident id that is not named as somebody else's: the person's own. Others (a guardian's, a spouse's) are
    /// checked by themselves only.
    package let residentID: Int?
    /// Fields that hold the name or a part of it.
    package let names: [Int]
    /// Date fields that come after birth in every life; nobody else's birth date.
    package let laterDates: [Int]
    /// Date fields that cannot lie in the future: all but those named like an expiry or a plan.
    package let pastDates: [Int]
    /// The division in which the person is registered (户籍, domicile); without a field named so, the only division field.
    package let domicile: Int?
    /// The field that names the office, department or unit a record belongs to.
    package let office: Int?
    /// Dates of a person's way through the registry, as far as the names of the fields tell.
    package let events: Events
    /// A division code and an address of the same place: `res_code` and `res_address`.
    package let places: [Place]

    package struct SexCodes: Sendable, Hashable {
        package let male: String
        package let female: String

        /// Of the field's codes; `nil` when they do not name both.
        init?(_ codes: [String: String]) {
            func code(_ words: [String]) -> String? {
                // Of `M` and `m` with different meanings the capital one; the order of a dictionary is none.
                let sorted = codes.sorted { $0.key < $1.key }
                return words.lazy.compactMap { word in sorted.first { $0.key.lowercased() == word }?.value }.first
            }
            guard let male = code(["男", "男性", "male", "m"]), let female = code(["女", "女性", "female", "f"]),
                male != female
            else { return nil }
            self.male = male
            self.female = female
        }

        private init(male: String, female: String) {
            self.male = male
            self.female = female
        }

        static let standard = SexCodes(male: "M", female: "F")
    }

    /// Indices of date fields.
    package struct Events: Sendable, Hashable {
        /// The person came into the register, a file was opened.
        package let entered: [Int]
        /// The person was seen.
        package let visited: [Int]
        package let died: Int?

        init(_ fields: [Field], dates: [Int]) {
            func named(_ words: [String]) -> [Int] { dates.filter { FieldName(fields[$0].name).has(words) } }
            let ends = named(RecordRoles.futureWords + ["close", "deregist", "结案", "注销"])
            died = named(["death", "died", "decease", "死亡", "去世", "身故"]).first
            visited = named(["visit", "last_seen", "走访", "探访", "随访", "回访"]).filter { !ends.contains($0) }
            let died = died
            let visited = visited
            entered = named(["regist", "enrol", "opened", "登记日", "登记时", "注册日", "建档日", "建档时", "入册", "立案"])
                .filter { $0 != died && !visited.contains($0) && !ends.contains($0) }
        }
    }

    package struct Place: Sendable, Hashable {
        package let division: Int
        package let address: Int
    }

    /// The roles of a schema, worked out once: messages ask for them finding by finding.
    package static func of(_ schema: Schema) -> RecordRoles {
        if let last = last.withLock({ $0 }), last.schema == schema { return last.roles }
        let roles = RecordRoles(schema)
        last.withLock { $0 = (schema, roles) }
        return roles
    }

    private static let last = Mutex<(schema: Schema, roles: RecordRoles)?>(nil)

    package init(_ schema: Schema) {
        let fields = schema.fields
        func all(_ kinds: FieldKind...) -> [Int] { fields.indices.filter { kinds.contains(fields[$0].kind) } }

        let dates = all(.date)
        residentID = all(.residentID).first { !fields[$0].isOfAnother }
        birthDate = schema.birthDate
        let birth = birthDate
        laterDates = birth == nil ? [] : dates.filter { $0 != birth && !schema.namesBirth($0) }
        pastDates = dates.filter { field in
            !FieldName(fields[field].name).has(Self.futureWords)
        }

        let sexes = all(.code).filter { SexCodes(fields[$0].codes) != nil }
        let sex = sexes.first { ["sex", "gender"].contains(fields[$0].name.lowercased()) } ?? sexes.first
        self.sex = sex
        sexCodes = sex.flatMap { SexCodes(fields[$0].codes) } ?? .standard
        names = all(.personName, .surname, .givenName)

        events = Events(fields, dates: dates.filter { $0 != birth && !schema.namesBirth($0) })
        let divisions = all(.division)
        domicile =
            divisions.first { field in
                ["hukou", "huji", "domicile", "户籍"].contains { fields[field].name.lowercased().contains($0) }
            } ?? (divisions.count == 1 ? divisions.first : nil)

        let officeWords = ["office", "department", "dept", "agency", "station", "unit", "机构", "单位", "部门", "科室", "站点"]
        office = all(.code, .text, .division).first { FieldName(fields[$0].name).has(officeWords) }

        let addresses = all(.address)
        places = all(.division).compactMap { division in
            let stem = Self.stem(fields[division].name)
            guard let stem else { return nil }
            let same = addresses.filter { Self.stem(fields[$0].name) == stem }
            return same.count == 1 ? Place(division: division, address: same[0]) : nil
        }
    }

    /// Of dates that may lie ahead.
    fileprivate static let futureWords = [
        "end", "expir", "until", "valid", "due", "next", "plan", "到期", "有效", "截止", "计划", "下次",
    ]

    /// `res` of `res_code`; `nil` for a name in one piece.
    private static func stem(_ name: String) -> Substring? {
        name.lastIndex(of: "_").map { name[..<$0] }
    }
}

/// A field's name in words: `date_of_death`, `lastVisit`, 死亡日期.
package struct FieldName {
    private let text: String
    private let words: [Substring]

    package init(_ name: String) {
        var parted = ""
        for character in name {
            if character.isUppercase, parted.last?.isLowercase == true { parted.append("_") }
            parted.append(character)
        }
        text = parted.lowercased()
        words = text.split { !$0.isLetter }.map { $0.hasPrefix("dateof") ? $0.dropFirst(6) : $0 }
    }

    /// Whether a word of the name begins with one of these, so that nobody died while they studied; Chinese ones stand anywhere.
    package func has(_ beginnings: [String]) -> Bool {
        beginnings.contains { beginning in
            beginning.utf8.first ?? 0 < 0x80 ? words.contains { $0.hasPrefix(beginning) } : text.contains(beginning)
        }
    }

    /// Whether the name has all the words of a text one after the other; Chinese ones stand anywhere. No outreach date says
    /// that somebody is out.
    func names(_ text: String) -> Bool {
        guard text.utf8.first ?? 0 < 0x80 else { return self.text.contains(text.lowercased()) }
        let sought = text.lowercased().split { !$0.isLetter }
        guard !sought.isEmpty, sought.count <= words.count else { return false }
        return (0...words.count - sought.count).contains { words[$0..<$0 + sought.count].elementsEqual(sought) }
    }
}
