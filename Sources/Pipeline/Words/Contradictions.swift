import Matching
import Records
import Workspace

/// Decisions that cannot all hold: two records are different persons by one, and one person by a chain of others.
struct Contradiction: Hashable {
    /// `different` or `unsure`.
    let apart: Decision
    /// `same`, from one of its records to the other.
    let chain: [Decision]

    var decisions: [Decision] { chain + [apart] }

    /// Of each `different` or `unsure` the shortest chain that says the opposite, in the order of the decisions.
    ///
    /// - Parameter decisions: at most one on a pair.
    static func all(_ decisions: [Decision]) -> [Contradiction] {
        let graph = Graph(decisions)
        return graph.apart.compactMap(graph.contradiction)
    }

    /// Decisions by their records.
    struct Graph {
        /// `different` and `unsure`, in order.
        let apart: [Decision]
        /// Their places, by record.
        private var apartOf: [RecordKey: [Int]] = [:]
        private var next: [RecordKey: [(to: RecordKey, by: Decision)]] = [:]

        init(_ decisions: [Decision]) {
            apart = decisions.filter { $0.verdict != .same }
            for (place, decision) in apart.enumerated() {
                apartOf[decision.a, default: []].append(place)
                apartOf[decision.b, default: []].append(place)
            }
            for decision in decisions where decision.verdict == .same { join(decision) }
        }

        private mutating func join(_ decision: Decision) {
            next[decision.a, default: []].append((decision.b, decision))
            next[decision.b, default: []].append((decision.a, decision))
        }

        func contradiction(of apart: Decision) -> Contradiction? {
            guard next[apart.a] != nil, next[apart.b] != nil else { return nil }
            return chain(from: apart.a, to: apart.b).map { Contradiction(apart: apart, chain: $0) }
        }

        /// The one with the shortest chain, if one more decision, `same`, stood with these. What is not joined to its records by
        /// others is not looked at.
        mutating func contradiction(with decision: Decision) -> Contradiction? {
            join(decision)
            defer {
                next[decision.a]?.removeLast()
                next[decision.b]?.removeLast()
            }
            let joined = joined(to: decision.a)
            let places = Set(joined.flatMap { apartOf[$0] ?? [] }).sorted()
            return places.compactMap { contradiction(of: apart[$0]) }.min { $0.chain.count < $1.chain.count }
        }

        private func joined(to record: RecordKey) -> Set<RecordKey> {
            var (found, open): (Set<RecordKey>, [RecordKey]) = ([record], [record])
            while let record = open.popLast() {
                for step in next[record] ?? [] where found.insert(step.to).inserted { open.append(step.to) }
            }
            return found
        }

        private func chain(from start: RecordKey, to end: RecordKey) -> [Decision]? {
            var came: [RecordKey: (from: RecordKey, by: Decision)] = [:]
            var reached = [start]
            var place = 0
            while place < reached.count {
                let record = reached[place]
                place += 1
                for step in next[record] ?? [] where step.to != start && came[step.to] == nil {
                    came[step.to] = (record, step.by)
                    if step.to == end {
                        var chain: [Decision] = []
                        var record = end
                        while let step = came[record] {
                            chain.append(step.by)
                            record = step.from
                        }
                        return chain.reversed()
                    }
                    reached.append(step.to)
                }
            }
            return nil
        }
    }

    /// What somebody is told who is about to say one of them.
    func sentence(_ event: (Decision) throws -> Int?) throws -> Text {
        func told(_ decision: Decision) throws -> Text {
            let what = Speaker.meaning(decision.verdict, Speaker.text(decision.a), Speaker.text(decision.b))
            guard let event = try event(decision) else {
                return Text(en: "\(what.en) (this word)", zh: "\(what.zh)（本次判定）")
            }
            return Text(
                en: "\(what.en) (\(decision.by), event \(event))", zh: "\(what.zh)（\(decision.by)，第 \(event) 号事件）")
        }
        let parts = try decisions.map(told)
        return Text(
            en:
                "Decisions contradict each other: \(parts.map(\.en).joined(separator: "; ")). One of “one person” does not count as long as all of them stand",
            zh: "判定相互矛盾：\(parts.map(\.zh).joined(separator: "；"))。在其全部有效期间，其中一条“同一个人”的判定不生效")
    }
}

extension Speech {
    /// The contradictions that would be there once it is said, and are not there without it.
    func contradictions(_ store: WorkspaceStore) throws -> [Text] {
        if isEmpty { return [] }
        let before = Set(Contradiction.all(try store.liveDecisions()).map { Set($0.decisions) })
        let superseded = Set(decisions.map { [$0.a, $0.b] })
        let rest = try store.liveDecisions(at: Moment(withdrawing: withdrawals.map(\.event)))
        let said = rest.filter { !superseded.contains([$0.a, $0.b]) } + decisions
        return try Contradiction.all(said).filter { !before.contains(Set($0.decisions)) }.map { contradiction in
            try contradiction.sentence { decision in
                decisions.contains(decision) ? nil : try store.event(of: decision)
            }
        }
    }
}

/// Decisions that do not hold because others contradict them, as findings at the two records they were made of.
enum ContradictionFindings {
    static let check = "decisions-contradict"

    /// - Parameter groups: one per row: the smallest row of its person.
    static func all(_ standing: Standing, groups: [UInt32], records: RecordTable) throws -> [Finding] {
        let decisions = standing.decisions
        let contradictions = Contradiction.all(decisions)
        if contradictions.isEmpty { return [] }
        let wanted = Set(decisions.flatMap { [$0.a, $0.b] })
        var rows: [RecordKey: Int] = [:]
        for row in 0..<records.count {
            let key = records.key(row)
            if wanted.contains(key) { rows[key] = row }
        }
        let present = decisions.filter { rows[$0.a] != nil && rows[$0.b] != nil }
        func holds(_ decision: Decision) -> Bool {
            guard let a = rows[decision.a], let b = rows[decision.b] else { return false }
            return groups[a] == groups[b]
        }
        var settled = Contradiction.Graph(present.filter { $0.verdict != .same || holds($0) })
        return try present.filter { $0.verdict == .same && !holds($0) }.compactMap { dropped in
            guard let (a, b) = rows[dropped.a].flatMap({ a in rows[dropped.b].map { (a, $0) } }),
                let why = settled.contradiction(with: dropped)
            else { return nil }
            // Events and no names: a record among them may be erased, and the finding stays.
            let others = try why.decisions.filter { $0 != dropped }.map { try standing.event(of: $0) }
            let detail = ([try standing.event(of: dropped)] + others).map { "\($0 ?? 0)" }.joined(separator: " ")
            let (first, second) = records.withView { $0.precedes(b, a) } ? (b, a) : (a, b)
            return Finding(
                kind: .duplicate, check: check, severity: .warning, row: first, otherRow: second, detail: detail)
        }
    }

    static func title(_ check: String) -> Text? {
        guard check == Self.check else { return nil }
        return Text(en: "A decision that does not hold: others contradict it", zh: "与其他判定矛盾而未生效的判定")
    }

    /// The sentence for such a finding; `nil` for any other.
    static func message(_ finding: Finding, _ view: RecordView, _ language: Language) -> Phrase? {
        guard finding.check == check, let other = finding.otherRow else { return nil }
        let events = finding.detail.split(separator: " ").map(String.init)
        let (own, others) = (events.first ?? "", events.dropFirst())
        let key = view.key(other)
        return language(
            en: """
                Somebody decided that this record and \(key.source) \(key.recordID) are one person (event \(own)). That does \
                not hold: other decisions hold them apart (\(others.count == 1 ? "event" : "events") \
                \(others.joined(separator: ", "))). One of them has to be taken back (qingku undo EVENT).
                """,
            zh: """
                有人曾判定本记录与 \(key.source) \(key.recordID) 是同一个人（第 \(own) 号事件），但该判定未生效：其他判定使两者分开\
                （第 \(others.joined(separator: "、")) 号事件）。须撤销其中之一（qingku undo 事件号）。
                """)
    }
}

extension Standing {
    /// The event that records a decision that counts; `nil` for one that is only assumed.
    func event(of decision: Decision) throws -> Int? { try store.event(of: decision, at: moment) }
}
