import Crypto
import Foundation

/// `matching.cache` in a workspace: what matching leaves for the next run, behind a key that says what it is good for. It may be
/// taken away at any time; a file that is not whole, or of another key, is none.
///
/// It holds hashes of records and no values. An erasure takes it away.
package enum MatchCacheFile {
    package static func path(in directory: String) -> String { directory + "/matching.cache" }

    /// Pairs that a long comparison has finished while it goes on; there is none when no run is under way or was killed.
    package static func piecesPath(in directory: String) -> String { directory + "/matching.pieces" }

    package static func delete(in directory: String) {
        unlink(path(in: directory))
        unlink(piecesPath(in: directory))
    }

    /// - Parameter key: 32 bytes.
    package static func read(in directory: String, key: [UInt8]) -> [UInt8]? {
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path(in: directory)), options: .alwaysMapped),
            data.count >= 64, data.prefix(32).elementsEqual(key)
        else { return nil }
        let body = data.dropFirst(64)
        return data[32..<64].elementsEqual(SHA256.hash(data: body)) ? [UInt8](body) : nil
    }

    /// Replaces an older one in one step. One that cannot be written is left out: nothing depends on it.
    package static func write(_ body: [UInt8], key: [UInt8], in directory: String) {
        let aside = path(in: directory) + ".new"
        unlink(aside)
        let done: Void? = try? PrivateFile.write(key + Array(SHA256.hash(data: body)) + body, to: aside)
        if done == nil || rename(aside, path(in: directory)) != 0 {
            unlink(aside)
            unlink(path(in: directory))
        }
    }
}
