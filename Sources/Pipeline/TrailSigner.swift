import Foundation
import Reconciliation
import Records
import Workspace

/// Signs the trail of a workspace. Every commit that adds rows or ends a run closes with `rows.sealed` and a checkpoint.
struct TrailSigner {
    let key: SigningKey
    /// Not yet in the trail: its file was just made.
    let isNew: Bool
    /// As the workspace notes it.
    let file: String

    /// The workspace's key; makes one where there is none.
    ///
    /// - Throws: as `KeyFile`; `E-AUD-006` when the file holds another key than the one that signs.
    init(_ store: WorkspaceStore, file wanted: String? = nil) throws {
        if let known = try store.signingKeys().last {
            file = known.file
            key = try KeyFile.read(Self.path(known.file, store.directory))
            isNew = false
            guard key.verifier.description == known.verifier else {
                throw Failure(
                    .verification, code: "E-AUD-006",
                    Text(
                        en: "this is another key than the one that signs here, \(known.verifier)",
                        zh: "该密钥与此处签名所用的密钥 \(known.verifier) 不同"),
                    at: Place(file: Self.path(known.file, store.directory)),
                    advice: Text(en: "put the right file back", zh: "请放回正确的文件"))
            }
        } else {
            file = wanted.map(Self.absolute) ?? "audit.key"
            key = try KeyFile.make(Self.path(file, store.directory), name: Self.newName())
            isNew = true
        }
    }

    init(key: SigningKey, file: String) {
        self.key = key
        self.file = file
        isNew = true
    }

    /// Where a key file noted in the workspace is.
    static func path(_ file: String, _ directory: String) -> String {
        file.hasPrefix("/") ? file : directory + "/" + file
    }

    static func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }

    /// The origin of a registry's checkpoints: no two registries share one. See `WorkspaceStore.registryName`.
    private static func newName() -> String {
        "qingku/" + Hex.text(EventChain.randomSalt().prefix(8))
    }

    /// What the commit added to the append-only tables.
    static func seal(_ writer: WorkspaceWriter) throws -> AuditEntry {
        let seal = try writer.sealRows()
        return .rowsSealed(seal.parts.map { ($0.table, $0.to, $0.rows, $0.digest) }, bounds: seal.bounds)
    }

    /// The trail as it stands before a commit adds to it, which is signed on from there.
    ///
    /// - Parameter key: the one that signed last.
    /// - Throws: `E-AUD-007` when events or rows are there that nobody signed: a signature would make them the registry's own.
    static func standing(_ store: WorkspaceStore, signedBy key: VerifierKey) throws -> MerkleTree {
        try store.readAsOfNow {
            var tree = try tree(try store.lastCheckpoint(), signedBy: key)
            var unsigned = UnsignedCommits(signed: tree.size)
            var filter = WorkspaceStore.EventFilter()
            filter.after = tree.size
            try store.forEachEvent(filter) { recorded in
                unsigned.step(recorded, hasCheckpoint: false)
                try append(recorded.event.hash, to: &tree)
            }
            guard unsigned.firstStray == nil, try store.hasOnlySealedRows() else { throw unsound }
            return tree
        }
    }

    /// Signs the trail up to its newest event, and stores the checkpoint.
    ///
    /// - Parameters:
    ///   - tree: as the trail stood before the commit.
    ///   - others: further keys that stand for it.
    func checkpoint(
        _ writer: WorkspaceWriter, from tree: MerkleTree, with others: [SigningKey] = []
    ) throws -> Checkpoint {
        var tree = tree
        for hash in try writer.eventHashes(after: tree.size) { try Self.append(hash, to: &tree) }
        let checkpoint = try Checkpoint(tree, signedBy: [key] + others)
        try writer.save(
            StoredCheckpoint(size: tree.size, note: checkpoint.note.text, edge: tree.edge.flatMap(\.bytes)))
        return checkpoint
    }

    /// Signs without storing: for a copy to be kept elsewhere.
    func checkpoint(_ store: WorkspaceStore) throws -> Checkpoint {
        try Checkpoint(try Self.standing(store, signedBy: key.verifier), signedBy: [key])
    }

    private static func tree(_ last: StoredCheckpoint?, signedBy key: VerifierKey) throws -> MerkleTree {
        guard let last else { return MerkleTree() }
        guard let checkpoint = Checkpoint(last.note), checkpoint.size == last.size,
            checkpoint.note.verdict(of: key) == .signed, let tree = MerkleTree(checkpoint, edge: last.edge)
        else { throw unsound }
        return tree
    }

    private static func append(_ hash: String, to tree: inout MerkleTree) throws {
        guard let hash = TreeHash(hex: hash) else { throw unsound }
        tree.append(hash)
    }

    private static var unsound: Failure {
        Failure(
            .verification, code: "E-AUD-007",
            Text(en: "the audit trail is not as it was written; nothing was signed", zh: "审计轨迹与写入时不一致；未作签署"),
            advice: Text(en: "qingku audit verify says what is wrong", zh: "请运行 qingku audit verify 查明"))
    }
}

extension WorkspaceStore {
    /// The name that the checkpoints bear; `nil` before the first commit.
    func registryName() throws -> String? {
        try signingKeys().last.flatMap { VerifierKey($0.verifier)?.name }
    }
}
