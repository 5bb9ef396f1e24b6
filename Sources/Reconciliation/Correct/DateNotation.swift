/// How a column writes its days: `19850307`, `1985-03-07`, `1985/3/7`, `1985年3月7日`, `07/03/1985`.
struct DateNotation: Sendable, Hashable {
    enum Order: String, Sendable, CaseIterable {
        case yearMonthDay
        case dayMonthYear
        case monthDayYear

        func arrange(_ day: CalendarDay) -> [Int] {
            switch self {
            case .yearMonthDay: [day.year, day.month, day.day]
            case .dayMonthYear: [day.day, day.month, day.year]
            case .monthDayYear: [day.month, day.day, day.year]
            }
        }
    }

    let order: Order
    /// Before the first number, between the numbers, and after the last one.
    let between: [String]
    /// Months and days below ten with a leading zero; `nil` when a date does not show it.
    let isPadded: Bool?

    static let iso = DateNotation(order: .yearMonthDay, between: ["", "-", "-", ""], isPadded: true)

    init(order: Order, between: [String], isPadded: Bool?) {
        self.order = order
        self.between = between
        self.isPadded = isPadded
    }

    /// The notation in which `raw` is `day`. `nil` when it is not that day in any of the orders, or in two of them.
    init?(_ raw: String, is day: CalendarDay) {
        var numbers: [String] = []
        var between = [""]
        for character in raw.unicodeScalars {
            if ("0"..."9").contains(character) {
                if numbers.count < between.count { numbers.append("") }
                numbers[numbers.count - 1].unicodeScalars.append(character)
            } else {
                if between.count <= numbers.count { between.append("") }
                between[between.count - 1].unicodeScalars.append(character)
            }
        }
        if between.count == numbers.count { between.append("") }

        if numbers.count == 1, numbers[0].utf8.count == 8 {
            let fits = Order.allCases.filter { Self.compact(day, $0) == numbers[0] }
            guard fits.count == 1, between == ["", ""] else { return nil }
            self.init(order: fits[0], between: ["", "", "", ""], isPadded: true)
            return
        }
        guard numbers.count == 3 else { return nil }
        let values = numbers.compactMap { Int($0) }
        let fits = Order.allCases.filter { $0.arrange(day) == values }
        guard fits.count == 1, numbers.allSatisfy({ $0.utf8.count == 4 || $0.utf8.count <= 2 }) else { return nil }
        let small = numbers.filter { (Int($0) ?? 0) < 10 }
        self.init(
            order: fits[0], between: between,
            isPadded: small.isEmpty ? nil : small.allSatisfy { $0.utf8.count == 2 })
    }

    func write(_ day: CalendarDay) -> String {
        let numbers = order.arrange(day)
        var text = between[0]
        for (place, number) in numbers.enumerated() {
            let isYear = place == (order == .yearMonthDay ? 0 : 2)
            text += isYear ? Self.digits(number, 4) : Self.digits(number, isPadded == false ? 1 : 2)
            text += between[place + 1]
        }
        return text
    }

    private static func compact(_ day: CalendarDay, _ order: Order) -> String {
        order.arrange(day).map { digits($0, $0 == day.year ? 4 : 2) }.joined()
    }

    private static func digits(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}

/// A day as its three numbers, taken from a normalised date.
struct CalendarDay: Sendable, Hashable {
    let year: Int
    let month: Int
    let day: Int

    /// `1985-03-07`; `nil` for any other form.
    init?(_ normalised: String) {
        guard let packed = RecordDates.packed(Array(normalised.utf8)[...]) else { return nil }
        year = Int(packed) / 10_000
        month = Int(packed) / 100 % 100
        day = Int(packed) % 100
    }
}
