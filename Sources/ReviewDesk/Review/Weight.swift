import Reports

enum Weight {
    static func text(_ weight: Double) -> String {
        (weight > 0 ? "+" : weight < 0 ? "−" : "") + decimal(abs(weight), 1)
    }
}
