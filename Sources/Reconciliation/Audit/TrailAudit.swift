package import Records

/// Checks a trail while its events go by once: chain, payloads, keys, and every checkpoint against the tree.
package struct TrailAudit {
    package struct Problem: Sendable, Hashable {
        package enum Kind: String, Sendable, CaseIterable {
            /// Of one event: see `EventChain.Break.Kind`.
            case sequence, link, content, payload
            /// A payload is gone and no erasure says so, or is there although one does.
            case erasure
            /// A checkpoint is missing, unreadable, or of another registry.
            case checkpoint
            /// A checkpoint was not signed by the key of its time.
            case signature
            /// The events are not those that were signed.
            case root
            /// The trail ends before a checkpoint does.
            case truncated
            /// A key came in without the word of the one before, or is not the one it should be.
            case key
        }

        package let kind: Kind
        /// The first event that may be bad; 0 when none is known.
        package let sequence: Int
        package let message: Text
    }

    package struct Result: Sendable {
        package let events: Int
        /// Hash of the newest event.
        package let head: String
        package let root: TreeHash
        /// In the order of events. At most 100 of single events.
        package let problems: [Problem]
        /// The greatest checkpoint that agrees with the trail; `nil` when none does.
        package let signed: Int?
        /// Keys that replaced a lost one, by the sequence of their event: nobody vouches for these but people.
        package let replacedKeys: [Int]
        /// Restores without the key, by the sequence of their event: nobody vouches for these but people.
        package let unsignedRestores: [Int]
    }

    private struct Claim {
        /// `nil`: stored.
        let file: String?
        let place: Int
        let checkpoint: Checkpoint?
        var edge: [UInt8] = []
    }

    private var claims: [Claim] = []
    private var roots: [Int: TreeHash] = [:]
    private let wanted: Set<Int>
    private let erasures: [Int: Int]
    private let storedKeys: [Int: [String]]
    private let pinned: [VerifierKey]

    private var walk = EventChain.Walk()
    private var tree = MerkleTree()
    private var keys: [(from: Int, key: VerifierKey, file: String?, type: String)] = []
    private var runs: [Int] = []
    /// Ends of commits, which were signed when they were made.
    private var ends: [Int] = []
    private var unsigned: UnsignedCommits
    /// Stored checkpoints.
    private let sizes: Set<Int>
    private var problems: [Problem] = []

    /// - Parameters:
    ///   - stored: size, note and edge of the checkpoints in the workspace.
    ///   - given: name and text of checkpoints that were kept elsewhere.
    ///   - keys: event → verifier key and file, as the workspace lists them.
    ///   - pinned: keys known from elsewhere; the trail has to know them too.
    ///   - erasures: event whose payload was erased → the event that says so.
    package init(
        stored: [(size: Int, note: String, edge: [UInt8])], given: [(name: String, text: String)],
        keys: [Int: [String]], pinned: [VerifierKey], erasures: [Int: Int]
    ) {
        for checkpoint in stored {
            claims.append(
                Claim(
                    file: nil, place: checkpoint.size, checkpoint: Checkpoint(checkpoint.note), edge: checkpoint.edge))
        }
        for file in given { claims.append(Claim(file: file.name, place: 0, checkpoint: Checkpoint(file.text))) }
        wanted = Set(claims.compactMap(\.checkpoint?.size))
        sizes = Set(stored.map(\.size))
        unsigned = UnsignedCommits(signed: sizes.max() ?? 0)
        storedKeys = keys
        self.pinned = pinned
        self.erasures = erasures
        if wanted.contains(0) { roots[0] = tree.root }
    }

    package mutating func step(_ recorded: RecordedEvent) {
        let event = recorded.event
        if let found = walk.step(recorded), problems.count < 100 {
            problems.append(Problem(kind: .init(found.kind), sequence: found.sequence, message: found.message))
        }
        checkErasure(recorded)
        if event.type.hasPrefix("key.") { take(key: event) }
        if event.type == "run.completed" { runs.append(event.sequence) }
        if event.type == "rows.sealed", !unsigned.isInside { ends.append(event.sequence) }
        unsigned.step(recorded, hasCheckpoint: sizes.contains(event.sequence))
        // A hash that cannot be read is a break already; any leaf will do.
        tree.append(TreeHash(hex: event.hash) ?? MerkleTree().root)
        if wanted.contains(tree.size) { roots[tree.size] = tree.root }
    }

    private mutating func checkErasure(_ recorded: RecordedEvent) {
        let sequence = recorded.event.sequence
        guard problems.count < 100 else { return }
        switch (recorded.payload, erasures[sequence]) {
        case (nil, let later) where later.map({ $0 > sequence }) != true:
            add(
                .erasure, sequence,
                Text(
                    en: "the payload of event \(sequence) is missing, and no erasure says so",
                    zh: "第\(sequence)号事件的内容缺失，且无删除事件说明"))
        case (.some, let later?):
            add(
                .erasure, sequence,
                Text(
                    en: "event \(later) says that the payload of event \(sequence) was erased, and it is there",
                    zh: "第\(later)号事件称第\(sequence)号事件的内容已删除，但内容仍在"))
        default: break
        }
    }

    private mutating func take(key event: AuditEvent) {
        let named = event.subjects.filter { $0.hasPrefix("key:") }.map { String($0.dropFirst(4)) }
        guard let text = named.first, let key = VerifierKey(text) else {
            add(
                .key, event.sequence, Text(en: "event \(event.sequence) names no key", zh: "第\(event.sequence)号事件未列出密钥")
            )
            return
        }
        let isExpected =
            switch event.type {
            case "key.created": keys.isEmpty
            case "key.rotated": named.count == 2 && named[1] == keys.last?.key.description
            default: !keys.isEmpty
            }
        if !isExpected {
            add(
                .key, event.sequence,
                Text(
                    en: "event \(event.sequence) brings a signing key that does not follow the one before",
                    zh: "第\(event.sequence)号事件引入的签名密钥与之前的密钥不相接"))
        }
        let file = event.subjects.first { $0.hasPrefix("file:") }.map { String($0.dropFirst(5)) }
        keys.append((event.sequence, key, file, event.type))
    }

    private mutating func add(_ kind: Problem.Kind, _ sequence: Int, _ message: Text) {
        problems.append(Problem(kind: kind, sequence: sequence, message: message))
    }
}

extension TrailAudit {
    package mutating func finish() -> Result {
        checkKeys()
        var signed: Int?
        for claim in claims.sorted(by: { ($0.checkpoint?.size ?? 0, $0.place) < ($1.checkpoint?.size ?? 0, $1.place) })
        {
            if check(claim, after: signed ?? 0), let size = claim.checkpoint?.size { signed = max(size, signed ?? 0) }
        }
        checkRuns()
        if let stray = unsigned.firstStray {
            add(
                .checkpoint, stray,
                Text(en: "nothing that was signed stands for event \(stray)", zh: "第\(stray)号事件没有任何签署为其担保"))
        }
        return Result(
            events: walk.sequence, head: walk.head, root: tree.root,
            problems: problems.enumerated().sorted {
                ($0.element.sequence, $0.offset) < ($1.element.sequence, $1.offset)
            }.map(\.element), signed: signed,
            replacedKeys: keys.filter { $0.type == "key.replaced" }.map(\.from),
            unsignedRestores: unsigned.beginnings)
    }

    private mutating func checkKeys() {
        for (event, listed) in storedKeys.sorted(by: { $0.key < $1.key })
        where !keys.contains(where: { $0.from == event && [$0.key.description, $0.file] == listed }) {
            add(.key, event, Text(en: "the signing key of event \(event) is another one", zh: "第\(event)号事件的签名密钥不符"))
        }
        for key in keys where storedKeys[key.from] == nil {
            add(
                .key, key.from,
                Text(en: "the signing key of event \(key.from) is not listed", zh: "第\(key.from)号事件的签名密钥未登记"))
        }
        for key in pinned where !keys.contains(where: { $0.key == key }) {
            add(
                .key, keys.first?.from ?? 0,
                Text(
                    en: "the trail is signed with another key than \(key)", zh: "审计轨迹由 \(key) 之外的密钥签署"))
        }
        for key in keys where key.type != "key.created" && !sizes.contains(key.from) {
            add(
                .key, key.from,
                Text(
                    en: "event \(key.from) changes the signing key and has no checkpoint",
                    zh: "第\(key.from)号事件更换了签名密钥，但没有检查点"))
        }
    }

    /// True when the checkpoint is signed as it should be and agrees with the events.
    private mutating func check(_ claim: Claim, after good: Int) -> Bool {
        let name = claim.file ?? "checkpoint \(claim.place)"
        guard let checkpoint = claim.checkpoint, claim.file != nil || checkpoint.size == claim.place,
            claim.file != nil || MerkleTree(checkpoint, edge: claim.edge) != nil
        else {
            add(.checkpoint, claim.place, Text(en: "\(name) is no whole checkpoint", zh: "\(name) 不是完整的检查点"))
            return false
        }
        let size = checkpoint.size
        let before = problems.count
        let epoch = keys.lastIndex { $0.from <= size }
        let signers = epoch.map {
            keys[$0].type == "key.rotated" && keys[$0].from == size && $0 > 0 ? [$0 - 1, $0] : [$0]
        }
        if let epoch, checkpoint.origin != keys[epoch].key.name {
            add(
                .checkpoint, 0,
                Text(
                    en: "\(name) is of another registry: \(checkpoint.origin)",
                    zh: "\(name) 属于另一登记库：\(checkpoint.origin)"))
        }
        if signers?.allSatisfy({ checkpoint.note.verdict(of: keys[$0].key) == .signed }) != true {
            add(
                .signature, min(size, good + 1),
                Text(
                    en: "\(name) is not signed by the key that was in force at event \(size)",
                    zh: "\(name) 未由第\(size)号事件时有效的密钥签署"))
        }
        if size > tree.size {
            add(
                .truncated, tree.size + 1,
                Text(
                    en:
                        "\(name) stands for \(size) events and the trail ends with \(tree.size): its end was cut off, or an older copy was put in its place",
                    zh: "\(name) 对应 \(size) 个事件，而轨迹只有 \(tree.size) 个：末尾被截断，或被换成旧副本"))
        } else if roots[size] != checkpoint.root {
            add(
                .root, good + 1,
                Text(
                    en: "the events \(good + 1) to \(size) are not those that \(name) was signed over",
                    zh: "第\(good + 1)至\(size)号事件与 \(name) 签署时不同"))
        }
        return problems.count == before
    }

    private mutating func checkRuns() {
        let signed = sizes
        let sizes = signed.sorted()
        for end in ends where !signed.contains(end) && problems.count < 200 {
            add(
                .checkpoint, end,
                Text(en: "the commit that ends with event \(end) has no checkpoint", zh: "以第\(end)号事件结束的提交没有检查点"))
        }
        var size = 0
        for (place, run) in runs.enumerated() {
            let next = place + 1 < runs.count ? runs[place + 1] : .max
            while size < sizes.count, sizes[size] < run { size += 1 }
            if size == sizes.count || sizes[size] >= next {
                add(
                    .checkpoint, run,
                    Text(en: "the run of event \(run) has no checkpoint", zh: "第\(run)号事件的运行没有检查点"))
            }
        }
    }
}

extension MerkleTree {
    /// Goes on from a checkpoint; `nil` when the edge is not one of its tree.
    package init?(_ checkpoint: Checkpoint, edge bytes: [UInt8]) {
        guard bytes.count % 32 == 0 else { return nil }
        let edge = stride(from: 0, to: bytes.count, by: 32).compactMap { TreeHash(bytes[$0..<$0 + 32]) }
        self.init(size: checkpoint.size, edge: edge)
        guard root == checkpoint.root else { return nil }
    }
}

extension TrailAudit.Problem.Kind {
    fileprivate init(_ kind: EventChain.Break.Kind) {
        self =
            switch kind {
            case .sequence: .sequence
            case .link: .link
            case .content: .content
            case .payload: .payload
            }
    }
}
