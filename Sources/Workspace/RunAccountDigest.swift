import Crypto
package import Foundation
import Records

/// Digest of what a run's account (`run.json`) says of the registry. The event of the run keeps it, since the account is written
/// after the commit and stands in no list of outputs.
///
/// Who ran it, from which folder and how long it took is left out: a run whose files are written again says these otherwise.
package enum RunAccountDigest {
    private static let keys: Set<String> = [
        "schema", "title", "purpose", "language", "run", "day", "fields", "counts", "checks", "issues", "matching",
        "sensitive_match", "corrections", "identity", "quality", "overlap", "population",
    ]

    /// Name under which the event of a run lists it.
    package static let name = "run.json"

    /// - Parameter account: the text of `run.json`.
    /// - Returns: hex; `nil` for a text that is no account.
    package static func of(_ account: Data) -> String? {
        guard let all = object(account) else { return nil }
        let kept = all.filter { keys.contains($0.key) }
        guard let text = try? JSONSerialization.data(withJSONObject: kept, options: [.sortedKeys]) else { return nil }
        return Hex.text(SHA256.hash(data: text))
    }

    /// Name → SHA-256 of the files that it lists.
    static func outputs(_ account: Data) -> [String: String] {
        let listed = object(account)?["outputs"] as? [[String: Any]] ?? []
        return Dictionary(
            listed.compactMap { file in
                (file["file"] as? String).flatMap { name in (file["sha256"] as? String).map { (name, $0) } }
            }
        ) { first, _ in first }
    }

    private static func object(_ text: Data) -> [String: Any]? {
        (try? JSONSerialization.jsonObject(with: text)) as? [String: Any]
    }
}
