import Reconciliation
package import Records
import Workspace

/// What a workbook that leaves the desk needs to come back.
extension ReviewSession {
    /// Number of the newest run.
    package func run() throws -> Int { try desk().run.id }

    /// Everything that was ever decided on a pair, what was taken back too, in the order in which it was said.
    package func history(ofPair pair: Int) throws -> [Decision] {
        guard let found = try known(pair) else { return [] }
        let names = try store.names(of: [found.a, found.b])
        guard let a = names[found.a], let b = names[found.b] else { return [] }
        return try store.decisions(on: a, b).map(\.decision)
    }

    /// Says in the trail that pairs left the desk to be decided elsewhere.
    ///
    /// - Parameter file: its base name.
    package func exportedCases(pairs: Int, file: String, sha256: String, by name: String) throws -> Int {
        let run = try run()
        return try speakAlone {
            let open = try WorkspaceStore.open(directory: workspace)
            let author = TrailCommit.Author(actor: name, role: .reviewer, time: clock().now)
            return try TrailCommit.run(open, by: author) { commit in
                try commit.add(.casesExported(run: run, pairs: pairs, file: file, sha256: sha256))
            }
        }
    }
}
