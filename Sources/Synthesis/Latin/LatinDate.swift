/// Year, month and day as somebody wrote them; they need not be a day of the calendar.
struct LatinDate {
    var year: Int
    var month: Int
    var day: Int

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    init(packed: Int) {
        self.init(year: packed / 10_000, month: packed / 100 % 100, day: packed % 100)
    }

    /// Reads what `text` gives.
    init(_ text: Bytes) {
        self.init(packed: text.reduce(0) { $1.isDigit ? $0 * 10 + Int($1 - UInt8(ascii: "0")) : $0 })
    }

    /// `1985-03-07`
    var text: Bytes { parts(from: [(year, 4), (month, 2), (day, 2)], "-") }

    func text(dayFirst separator: String) -> Bytes {
        parts(from: [(day, 2), (month, 2), (year, 4)], separator)
    }

    var compact: Bytes { parts(from: [(year, 4), (month, 2), (day, 2)], "") }

    private func parts(from numbers: [(value: Int, width: Int)], _ separator: String) -> Bytes {
        var text: Bytes = []
        for (index, number) in numbers.enumerated() {
            if index > 0 { text.append(separator) }
            text.append(number: number.value, width: number.width)
        }
        return text
    }
}
