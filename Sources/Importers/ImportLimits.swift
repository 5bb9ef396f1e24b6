/// How much of one record, cell or document the importers take before they say that something is wrong with it.
///
/// They keep a file that was made to hurt, or a lost quote, from using up memory or time; no export of persons comes near.
struct ImportLimits: Sendable {
    /// Bytes of one cell, as UTF-8. A quoted CSV cell that is longer is taken for a lost quote.
    var field = 1 << 20
    /// Bytes of one record.
    var record = 4 << 20
    /// Cells of one CSV row.
    var columns = 100_000
    /// Open XML elements.
    var depth = 64
    /// Attributes of one XML element.
    var attributes = 256
    /// Bytes of an element's or attribute's name.
    var name = 50_000
    /// Bytes of an XML start tag; libxml2 compares all its attributes with each other before it hands them over.
    var tag = 128 << 10
    /// Bytes of an XML comment or processing instruction.
    var comment = 4 << 20
    /// Issues kept per check and file; the rest is counted.
    var issues = 10_000

    static let standard = ImportLimits()
}
