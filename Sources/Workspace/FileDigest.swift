import Crypto
import Foundation
import Records

/// Size and SHA-256 of a file, read in pieces.
package struct FileDigest: Sendable, Hashable {
    package private(set) var bytes = 0
    /// Hex, lower case.
    package let sha256: String

    /// - Returns: `nil` for a file that is not there, or cannot be read to its end.
    package init?(ofFile path: String) {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        var hash = SHA256()
        do {
            while let chunk = try file.read(upToCount: 1 << 20), !chunk.isEmpty {
                hash.update(data: chunk)
                bytes += chunk.count
            }
        } catch {
            return nil
        }
        sha256 = Hex.text(hash.finalize())
    }
}
