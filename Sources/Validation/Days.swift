import Standards

enum Days {
    /// ISO text of a packed day; empty for none.
    static func text(_ packed: Int32) -> String { CivilDate(packed: Int(packed))?.description ?? "" }
}
