import Records

/// What a rate is called, and what it is a rate of.
enum DimensionWords {
    static func title(_ dimension: Dimension) -> Text {
        switch dimension {
        case .completeness: Text(en: "Complete", zh: "完整")
        case .validity: Text(en: "Valid", zh: "有效")
        case .uniqueness: Text(en: "Unique", zh: "唯一")
        case .consistency: Text(en: "Consistent", zh: "一致")
        case .timeliness: Text(en: "Timely", zh: "及时")
        case .accuracy: Text(en: "Accurate", zh: "准确")
        case .soundness: Text(en: "Grade A, B", zh: "A、B 级")
        case .verification: Text(en: "Verified", zh: "已核实")
        }
    }

    /// Those that tell data of different kinds of trouble apart, in the order of the scorecard.
    static let scorecard: [Dimension] = [.completeness, .validity, .uniqueness, .consistency, .timeliness]
}
