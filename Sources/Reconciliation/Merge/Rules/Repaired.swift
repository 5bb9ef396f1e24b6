import Records

extension SurvivorshipRule {
    /// Prefers nothing itself: where it is in the chain, a cell that a check found wrong or empty takes part with the one
    /// value that can have been meant, if the check knows it.
    package static let repaired = SurvivorshipRule(
        "repaired",
        Text(en: "cells with the value that a check knows they meant", zh: "按检查得出的唯一正确值修复后的单元格"),
        narrow: { rows, _, _ in rows })
}
