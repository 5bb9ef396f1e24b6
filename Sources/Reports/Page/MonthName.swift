/// What a month is called in English; Chinese numbers them.
enum MonthName {
    /// - Parameter month: 1 to 12; empty for any other.
    static func english(_ month: Int) -> String { (1...12).contains(month) ? names[month - 1] : "" }

    private static let names = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}
