package import Records

/// `qingku explain PERSON --prov`: the same account as a graph of entities, activities and agents, for tools that read W3C
/// PROV-JSON.
///
/// A file is imported, which makes cells of records; each step of normalising makes a value of the one before; a merge takes
/// the values that contend and makes the cell of the master; what somebody wrote invalidates the value that stood there.
package struct ProvJSON {
    private let person: PersonExplanation
    private var document: ProvDocument
    private let tool: String

    package static func document(_ person: PersonExplanation) -> JSON {
        var prov = ProvJSON(person)
        prov.addMatching()
        for cell in person.cells { prov.add(cell) }
        return prov.document.json
    }

    private init(_ person: PersonExplanation) {
        self.person = person
        document = ProvDocument(prefixes: [("qk", "urn:qingku:terms:"), ("reg", "urn:qingku:registry:")])
        tool = document.add(
            .agent, "reg:tool-" + ProvDocument.local(person.run.tool),
            [
                ("prov:type", ProvDocument.name("prov:SoftwareAgent")), ("prov:label", .string("qingku")),
                ("qk:version", .string(person.run.tool)),
            ])
    }

    private mutating func user(_ name: String) -> String {
        document.add(
            .agent, "reg:user-" + ProvDocument.local(name),
            [("prov:type", ProvDocument.name("prov:Person")), ("prov:label", .string(name))])
    }

    // MARK: Import

    private mutating func batch(_ delivery: PersonExplanation.Delivery) -> String {
        let batch = document.add(
            .entity, "reg:batch-\(delivery.batch)",
            [
                ("prov:type", ProvDocument.name("qk:Batch")), ("prov:label", .string(delivery.file)),
                ("qk:source", .string(delivery.source)), ("qk:format", .string(delivery.format.rawValue)),
                ("qk:sha256", .string(delivery.sha256)),
            ])
        let office = document.add(
            .agent, "reg:office-" + ProvDocument.local(delivery.source),
            [("prov:type", ProvDocument.name("prov:Organization")), ("prov:label", .string(delivery.source))])
        document.relate(.wasAttributedTo, [("prov:entity", .string(batch)), ("prov:agent", .string(office))])
        let activity = importing(delivery)
        document.relate(.used, [("prov:activity", .string(activity)), ("prov:entity", .string(batch))])
        document.relate(.wasAssociatedWith, [("prov:activity", .string(activity)), ("prov:agent", .string(tool))])
        if !delivery.importedBy.isEmpty {
            let user = user(delivery.importedBy)
            document.relate(.wasAssociatedWith, [("prov:activity", .string(activity)), ("prov:agent", .string(user))])
        }
        return batch
    }

    private mutating func importing(_ delivery: PersonExplanation.Delivery) -> String {
        document.add(
            .activity, "reg:import-\(delivery.batch)",
            [
                ("prov:endTime", .string(delivery.importedAt)), ("prov:type", ProvDocument.name("qk:Import")),
                ("qk:event", .integer(delivery.event)),
            ])
    }

    private mutating func record(_ index: Int) -> String {
        let member = person.members[index]
        // The export that brought the record as it is: later ones had it unchanged.
        let first = batch(member.unchangedSince ?? member.delivery)
        let id = document.add(
            .entity, "reg:record-\(member.number)-batch-\(member.delivery.batch)",
            [
                ("prov:type", ProvDocument.name("qk:SourceRecord")),
                ("prov:label", .string("\(member.key.source) \(member.key.recordID)")),
                ("qk:source", .string(member.key.source)), ("qk:recordID", .string(member.key.recordID)),
                ("qk:line", .integer(member.line)), ("qk:byte", .integer(Int(clamping: member.byteOffset))),
                ("qk:path", member.path.map { .string($0) }),
            ])
        let read = batch(member.delivery)
        document.relate(
            .wasGeneratedBy,
            [("prov:entity", .string(id)), ("prov:activity", .string(importing(member.delivery)))])
        for batch in Set([first, read]).sorted() { derive(id, from: batch) }
        return id
    }

    private mutating func derive(_ made: String, from used: String, by activity: String? = nil) {
        document.relate(
            .wasDerivedFrom,
            [
                ("prov:generatedEntity", .string(made)), ("prov:usedEntity", .string(used)),
                ("prov:activity", activity.map { .string($0) }),
            ])
    }

    // MARK: Match

    private var run: String { "run-\(person.run.id)" }
    private var personName: String { "reg:person-\(person.person)-\(run)" }

    private mutating func addMatching() {
        let match = document.add(
            .activity, "reg:match-\(run)",
            [
                ("prov:endTime", .string(person.run.finishedAt)), ("prov:type", ProvDocument.name("qk:Match")),
                ("qk:run", .integer(person.run.id)), ("qk:rules", .string(person.run.rules)),
            ])
        document.relate(.wasAssociatedWith, [("prov:activity", .string(match)), ("prov:agent", .string(tool))])
        document.add(
            .entity, personName,
            [
                ("prov:type", ProvDocument.name("qk:Person")), ("prov:label", .string(person.person)),
                ("qk:run", .integer(person.run.id)),
            ])
        document.relate(.wasGeneratedBy, [("prov:entity", .string(personName)), ("prov:activity", .string(match))])
        for index in person.members.indices {
            let record = record(index)
            document.relate(.used, [("prov:activity", .string(match)), ("prov:entity", .string(record))])
            derive(personName, from: record, by: match)
        }
        for join in person.joins { add(join, to: match) }
        for step in person.retirements {
            let former = document.add(
                .entity, "reg:person-\(step.person)",
                [("prov:type", ProvDocument.name("qk:Person")), ("prov:label", .string(step.person))])
            document.relate(
                .wasInvalidatedBy,
                [
                    ("prov:entity", .string(former)), ("prov:activity", .string(match)),
                    ("qk:run", .integer(step.run)), ("qk:into", .string(step.into)),
                ])
        }
    }

    private mutating func add(_ join: PersonExplanation.Join, to match: String) {
        let (a, b) = (person.members[join.a], person.members[join.b])
        if let score = join.score {
            let pair = document.add(
                .entity, "reg:pair-\(a.number)-\(b.number)-\(run)",
                [
                    ("prov:type", ProvDocument.name("qk:ScoredPair")),
                    ("qk:outcome", .string(score.outcome.rawValue)),
                    ("qk:probability", .decimal(score.probability, places: 6)),
                    ("qk:key", score.key.isEmpty ? nil : .string(score.key)),
                ])
            document.relate(.wasGeneratedBy, [("prov:entity", .string(pair)), ("prov:activity", .string(match))])
            for index in [join.a, join.b] { derive(pair, from: record(index)) }
            derive(personName, from: pair)
        }
        guard let said = join.decision else { return }
        let decision = document.add(
            .entity, "reg:decision-\(said.event)-\(a.number)-\(b.number)",
            [
                ("prov:type", ProvDocument.name("qk:Decision")),
                ("prov:value", .string(said.decision.verdict.rawValue)),
                ("qk:reason", .string(said.decision.reason)), ("qk:event", .integer(said.event)),
            ])
        let deciding = word(said.event, "qk:Decide", by: said.decision.by, at: said.decision.at)
        document.relate(.wasGeneratedBy, [("prov:entity", .string(decision)), ("prov:activity", .string(deciding))])
        document.relate(
            .wasAttributedTo,
            [("prov:entity", .string(decision)), ("prov:agent", .string(user(said.decision.by)))])
        document.relate(.used, [("prov:activity", .string(match)), ("prov:entity", .string(decision))])
        derive(personName, from: decision, by: match)
    }

    private mutating func word(_ event: Int, _ type: String, by name: String, at time: String) -> String {
        let activity = document.add(
            .activity, "reg:event-\(event)",
            [
                ("prov:endTime", .string(time)), ("prov:type", ProvDocument.name(type)),
                ("qk:event", .integer(event)),
            ])
        document.relate(
            .wasAssociatedWith, [("prov:activity", .string(activity)), ("prov:agent", .string(user(name)))])
        return activity
    }

    // MARK: Cells

    /// The value that a record's cell takes part with: the end of the chain from what was delivered.
    private mutating func value(_ given: CellProvenance.Given) -> String {
        let member = person.members[given.member]
        let name = "\(member.number)-batch-\(member.delivery.batch)-\(ProvDocument.local(given.field))"
        var last = document.add(
            .entity, "reg:cell-\(name)",
            [
                ("prov:type", ProvDocument.name("qk:SourceCell")), ("prov:value", .string(given.raw)),
                ("qk:field", .string(given.field)), ("qk:column", given.header.isEmpty ? nil : .string(given.header)),
            ])
        derive(last, from: record(given.member))
        let importing = importing(member.delivery)
        document.relate(.wasGeneratedBy, [("prov:entity", .string(last)), ("prov:activity", .string(importing))])
        if !given.steps.isEmpty {
            let activity = document.add(
                .activity, "reg:normalise-\(name)", [("prov:type", ProvDocument.name("qk:Normalise"))])
            document.relate(.wasAssociatedWith, [("prov:activity", .string(activity)), ("prov:agent", .string(tool))])
            document.relate(.used, [("prov:activity", .string(activity)), ("prov:entity", .string(last))])
            for (index, step) in given.steps.enumerated() {
                let next = document.add(
                    .entity, "reg:value-\(name)-\(index + 1)",
                    [
                        ("prov:type", ProvDocument.name("qk:NormalisedValue")), ("prov:value", .string(step.text)),
                        ("qk:step", .string(step.name)),
                    ])
                document.relate(
                    .wasGeneratedBy, [("prov:entity", .string(next)), ("prov:activity", .string(activity))])
                derive(next, from: last, by: activity)
                last = next
            }
        }
        guard let repair = given.repair else { return last }
        let repaired = document.add(
            .entity, "reg:repaired-\(name)",
            [
                ("prov:type", ProvDocument.name("qk:RepairedValue")), ("prov:value", .string(repair.text)),
                ("qk:check", .string(repair.check)),
            ])
        let check = document.add(
            .activity, "reg:check-\(name)",
            [("prov:type", ProvDocument.name("qk:Check")), ("qk:check", .string(repair.check))])
        document.relate(.wasAssociatedWith, [("prov:activity", .string(check)), ("prov:agent", .string(tool))])
        document.relate(.used, [("prov:activity", .string(check)), ("prov:entity", .string(last))])
        document.relate(.wasGeneratedBy, [("prov:entity", .string(repaired)), ("prov:activity", .string(check))])
        derive(repaired, from: last, by: check)
        return repaired
    }

    private mutating func add(_ cell: CellProvenance) {
        let name = "\(person.person)-\(ProvDocument.local(cell.field))-\(run)"
        let made = document.add(
            .entity, "reg:master-\(name)",
            [
                ("prov:type", ProvDocument.name("qk:MasterCell")), ("prov:value", .string(cell.value)),
                ("qk:field", .string(cell.field)), ("qk:person", .string(person.person)),
            ])
        let merge = document.add(
            .activity, "reg:merge-\(name)",
            [
                ("prov:endTime", .string(person.run.finishedAt)), ("prov:type", ProvDocument.name("qk:Merge")),
                ("qk:rule", cell.rule.isEmpty ? nil : .string(cell.rule)), ("qk:run", .integer(person.run.id)),
            ])
        document.relate(.wasAssociatedWith, [("prov:activity", .string(merge)), ("prov:agent", .string(tool))])
        document.relate(.used, [("prov:activity", .string(merge)), ("prov:entity", .string(personName))])
        derive(made, from: personName, by: merge)
        let sources = cell.sources.map { value($0) }
        for given in cell.against.flatMap(\.given) {
            let entity = value(given)
            document.relate(.used, [("prov:activity", .string(merge)), ("prov:entity", .string(entity))])
        }
        for entity in sources {
            document.relate(.used, [("prov:activity", .string(merge)), ("prov:entity", .string(entity))])
        }
        guard case .override(let override, let former) = cell.basis else {
            document.relate(.wasGeneratedBy, [("prov:entity", .string(made)), ("prov:activity", .string(merge))])
            for entity in sources { derive(made, from: entity, by: merge) }
            return
        }
        let word = word(override.event, "qk:Override", by: override.by, at: override.at)
        let before = document.add(
            .entity, "reg:former-\(name)",
            [
                ("prov:type", ProvDocument.name("qk:MasterCell")), ("prov:value", .string(former)),
                ("qk:field", .string(cell.field)), ("qk:person", .string(person.person)),
            ])
        document.relate(.wasGeneratedBy, [("prov:entity", .string(before)), ("prov:activity", .string(merge))])
        document.relate(
            .wasInvalidatedBy,
            [
                ("prov:entity", .string(before)), ("prov:activity", .string(word)), ("prov:time", .string(override.at)),
            ])
        document.relate(
            .wasGeneratedBy,
            [
                ("prov:entity", .string(made)), ("prov:activity", .string(word)),
                ("qk:reason", override.reason.isEmpty ? nil : .string(override.reason)),
            ])
        document.relate(
            .wasAttributedTo, [("prov:entity", .string(made)), ("prov:agent", .string(user(override.by)))])
        derive(made, from: before, by: word)
    }
}
