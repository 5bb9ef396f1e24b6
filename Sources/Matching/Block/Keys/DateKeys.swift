import Records

extension KeyTransform {
    /// Dates and the birth date inside a resident id.
    static let dateTransforms: [KeyTransform] = [
        KeyTransform("year", Text(en: "year", zh: "年"), [.date]) { part($0, 0, 4) },
        KeyTransform("year_month", Text(en: "year and month", zh: "年月"), [.date]) { part($0, 0, 7) },
        KeyTransform("year_day", Text(en: "year and day of the month", zh: "年与日"), [.date]) { text in
            guard let year = part(text, 0, 4), let day = part(text, 8, 10) else { return nil }
            return year + day
        },
        KeyTransform("month_day", Text(en: "month and day, in either order", zh: "月日，不分先后"), [.date]) { text in
            guard let month = part(text, 5, 7), let day = part(text, 8, 10) else { return nil }
            return min(month, day) + max(month, day)
        },
        KeyTransform(
            "unordered", Text(en: "year, and month and day in either order", zh: "年，月日不分先后"), [.date]
        ) { text in
            guard let year = part(text, 0, 4), let month = part(text, 5, 7), let day = part(text, 8, 10) else {
                return nil
            }
            return year + min(month, day) + max(month, day)
        },
        KeyTransform(
            "birth", Text(en: "birth date in a resident id", zh: "身份证号中的出生日期"), [.residentID]
        ) { $0.utf8.count == 18 ? String($0.dropFirst(6).prefix(8)) : nil },
        KeyTransform(
            "birth_sequence", Text(en: "birth date and sequence in a resident id", zh: "身份证号中的出生日期与顺序码"),
            [.residentID]
        ) { $0.utf8.count == 18 ? String($0.dropFirst(6).prefix(11)) : nil },
    ]

    private static func part(_ text: String, _ from: Int, _ to: Int) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
        return String(decoding: bytes[from..<to], as: UTF8.self)
    }
}
