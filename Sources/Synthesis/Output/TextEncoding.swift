/// Encodings an export can have.
package enum TextEncoding: String, Sendable, CaseIterable {
    case utf8 = "utf-8"
    /// With a byte order mark in front, as spreadsheets like it.
    case utf8WithMark = "utf-8-sig"
    case gb18030
}
