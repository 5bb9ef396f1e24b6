import Reports

enum Percent {
    /// 0.9876 → 98.8 %; what is not quite certain does not read so.
    static func text(_ probability: Double) -> String {
        if probability > 0.999, probability < 1 { return "> 99.9 %" }
        if probability < 0.001, probability > 0 { return "< 0.1 %" }
        return decimal(probability * 100, 1) + " %"
    }
}
