import Records
import Reports
import Workspace

/// The list of corrections of an earlier run, and the offices whose new exports answer it.
struct EarlierCorrections: Sendable {
    /// Number of the run.
    let run: Int
    let answered: Set<String>
    /// Sources whose records are called after their place.
    let unnamed: Set<String>
    let path: String
    /// As the run wrote it, hex.
    let sha256: String

    /// Whether the list is there as the run wrote it.
    var isIntact: Bool { FileDigest(ofFile: path)?.sha256 == sha256 }

    func each(_ body: (GivenCorrection) throws -> Void) throws {
        try CorrectionsList.each(path, sha256: sha256) { given in
            if answered.contains(given.source) { try body(given) }
        }
    }
}
