import Foundation
import Records
import Reports

/// What the account of an earlier run (`run.json`) says of it.
enum RunManifest {
    /// The gravest finding or trouble with a row; `nil` when there was none or the account is not there.
    static func worstSeverity(in folder: String) -> Severity? {
        guard let data = FileManager.default.contents(atPath: folder + "/" + Outbox.manifestName),
            let manifest = try? JSONDecoder().decode(Manifest.self, from: data)
        else { return nil }
        return (manifest.checks + manifest.issues).filter { $0.count > 0 }.compactMap {
            Severity(rawValue: $0.severity)
        }.max()
    }

    private struct Manifest: Decodable {
        let checks: [Tally]
        let issues: [Tally]

        struct Tally: Decodable {
            let severity: String
            let count: Int
        }
    }
}
