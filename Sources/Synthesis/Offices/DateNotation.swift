import Standards

/// How an office, or a hurried clerk, writes a date.
enum DateNotation: CaseIterable {
    /// 19850307
    case compact
    /// 1985-03-07
    case iso
    /// 1985/3/7
    case slashes
    /// 1985年3月7日
    case chinese
    /// 1985.03.07
    case dots

    func text(_ date: CivilDate) -> Bytes {
        var text: Bytes = []
        text.reserveCapacity(20)
        let isPadded = self == .compact || self == .iso || self == .dots
        let width = isPadded ? 2 : 1
        text.append(number: date.year, width: isPadded ? 4 : 1)
        text.append(contentsOf: afterYear.utf8)
        text.append(number: date.month, width: width)
        text.append(contentsOf: afterMonth.utf8)
        text.append(number: date.day, width: width)
        if self == .chinese { text.append("日") }
        return text
    }

    private var afterYear: String {
        switch self {
        case .compact: ""
        case .iso: "-"
        case .slashes: "/"
        case .chinese: "年"
        case .dots: "."
        }
    }

    private var afterMonth: String { self == .chinese ? "月" : afterYear }
}
