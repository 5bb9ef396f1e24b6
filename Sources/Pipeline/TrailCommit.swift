import Reconciliation
import Records
import Workspace

/// One commit to a workspace with what the audit trail says of it: the rows and their events become visible together, the
/// last event vouches for the rows, and a signed checkpoint for the events.
struct TrailCommit {
    let writer: WorkspaceWriter
    private var chain: EventChain
    private let time: String
    /// Of the newest event.
    private(set) var sequence: Int

    /// Who commits what, when.
    struct Author {
        let actor: String
        var role = Role.operator
        /// SHA-256 of the rule book that is worked by, hex; `nil`: that of the newest run, by which `Dangers` says what needs a
        /// second person. One that was only imported is in force with the next run.
        var rules: String?
        /// UTC, ISO 8601, to the second.
        let time: String
    }

    /// Makes the key that signs where there is none.
    ///
    /// - Parameters:
    ///   - isSmall: as of `WorkspaceStore.commit`.
    ///   - body: writes rows and adds their events.
    ///   - sign: is given the signed checkpoint, within the commit.
    /// - Throws: what `body` and `sign` throw, and then nothing was written; as `TrailSigner` and `WorkspaceStore.commit`.
    @discardableResult
    static func run<Result>(
        _ store: WorkspaceStore, by author: Author, isSmall: Bool = false,
        _ body: (inout TrailCommit) throws -> Result,
        sign: (WorkspaceWriter, Checkpoint) throws -> Void = { _, _ in }
    ) throws -> Result {
        let signer = try TrailSigner(store)
        let tree = try TrailSigner.standing(store, signedBy: signer.key.verifier)
        return try store.commit(isSmall: isSmall) { writer in
            var commit = try TrailCommit(writer, author)
            try commit.introduce(signer)
            let result = try body(&commit)
            try commit.add(try TrailSigner.seal(writer))
            try sign(writer, try signer.checkpoint(writer, from: tree))
            return result
        }
    }

    /// For a workspace whose key is not there: the next commit that is signed stands for this one too.
    @discardableResult
    static func runUnsigned<Result>(
        _ store: WorkspaceStore, by author: Author, _ body: (inout TrailCommit) throws -> Result
    ) throws -> Result {
        try store.commit { writer in
            var commit = try TrailCommit(writer, author)
            let result = try body(&commit)
            try commit.add(try TrailSigner.seal(writer))
            return result
        }
    }

    private init(_ writer: WorkspaceWriter, _ author: Author) throws {
        let last = try writer.lastEvent()
        self.writer = writer
        chain = EventChain(
            after: last, actor: author.actor, role: author.role, tool: Version.text,
            rules: try author.rules ?? writer.rulesInForce() ?? "")
        time = author.time
        sequence = last?.sequence ?? 0
    }

    private mutating func introduce(_ signer: TrailSigner) throws {
        guard signer.isNew else { return }
        let event = try add(.keyCreated(signer.key.verifier, file: signer.file))
        try writer.save(
            StoredSigningKey(verifier: signer.key.verifier.description, event: event, file: signer.file))
    }

    /// A word, which waits for a second person when it is of any of the classes.
    mutating func add(
        _ entry: AuditEntry, for classes: [String], by: String, reason: String, at: String
    ) throws -> Int {
        if classes.isEmpty { return try add(entry) }
        let event = try add(entry.proposed(for: classes))
        try writer.record(Approval(of: event, .asked, by: by, reason: reason, at: at), event: event)
        return event
    }

    /// The sequence of the event.
    @discardableResult
    mutating func add(_ entry: AuditEntry) throws -> Int {
        let event = chain.append(entry, time: time, salt: EventChain.randomSalt())
        sequence = event.event.sequence
        try writer.append(event)
        return sequence
    }
}
