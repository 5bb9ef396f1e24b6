extension AuditEntry {
    /// Somebody had scores read otherwise, after decided pairs.
    ///
    /// - Parameters:
    ///   - rules: SHA-256 of the rule book it holds for, hex.
    ///   - shift: of the natural logarithm of the odds, in millionths; `slope` likewise.
    ///   - decisions: pairs that it was fitted to.
    package static func calibrated(
        rules: String, shift: Int, slope: Int, decisions: Int, by: String
    ) -> AuditEntry {
        AuditEntry(
            type: "calibration.applied", subjects: ["rules:\(rules)"],
            payload: [
                "by": .text(by), "pairs": .integer(decisions), "rules": .text(rules),
                "shift_millionths": .integer(shift), "slope_millionths": .integer(slope),
            ])
    }
}
