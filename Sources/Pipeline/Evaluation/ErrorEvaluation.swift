import Records
import Validation

/// How well a run's findings about cells agree with the truth.
///
/// A deviation is **of form** when normalising undoes it or it only writes the same in another way; it is no error and does
/// not count. Any other one is **detectable** when the data show it: the record contradicts itself or its value has a wrong
/// form, or another record that stands for the same person in truth has another value in the field; an emptied cell when
/// its field is required or such a record has a value.
///
/// A deviation is **found** when a finding names its cell, or names the other side of the same contradiction: another cell
/// of the record that the check holds against it, or the same field of a linked record. A finding is **right** when its cell
/// was altered, and has the **wrong culprit** when only the other side was; else it is false.
package struct ErrorEvaluation: Sendable {
    package struct Kind: Sendable {
        package let name: String
        package var deviations = 0
        package var form = 0
        package var detectable = 0
        /// Of the detectable.
        package var found = 0
        /// Found ones that are not detectable by the definition, or of form.
        package var foundBeyond = 0
        package var repairs = 0
        package var rightRepairs = 0

        package var recall: Double { detectable == 0 ? 1 : Double(found) / Double(detectable) }
    }

    package struct Check: Sendable {
        package let name: String
        package var findings = 0
        package var right = 0
        package var wrongCulprit = 0
        package var repairs = 0
        package var rightRepairs = 0
        package var namesCulprit = true

        package var isFalse: Int { findings - right - wrongCulprit }
    }

    /// Sorted by name.
    package let kinds: [Kind]
    package let checks: [Check]
    /// Entries of the truth whose record or field the run does not have.
    package let unknown: Int

    package var detectable: Int { kinds.reduce(0) { $0 + $1.detectable } }
    package var found: Int { kinds.reduce(0) { $0 + $1.found } }
    package var recall: Double { detectable == 0 ? 1 : Double(found) / Double(detectable) }
    package var findings: Int { checks.reduce(0) { $0 + $1.findings } }
    package var falseFindings: Int { checks.reduce(0) { $0 + $1.isFalse } }
    package var precision: Double { findings == 0 ? 1 : 1 - Double(falseFindings) / Double(findings) }
    package var repairs: Int { checks.reduce(0) { $0 + $1.repairs } }
    package var rightRepairs: Int { checks.reduce(0) { $0 + $1.rightRepairs } }
    package var repairAccuracy: Double { repairs == 0 ? 1 : Double(rightRepairs) / Double(repairs) }
    /// Of the findings that name a culprit and are not false.
    package var wrongCulpritRate: Double {
        let naming = checks.filter(\.namesCulprit)
        let all = naming.reduce(0) { $0 + $1.right + $1.wrongCulprit }
        return all == 0 ? 0 : Double(naming.reduce(0) { $0 + $1.wrongCulprit }) / Double(all)
    }

    init(
        _ altered: AlteredCells, findings: [[String]], persons: PersonsOfRun, truth: Truth, rows: [RecordKey: Int],
        validator: Validator, records: RecordTable
    ) {
        var kinds: [String: Kind] = [:]
        var checks: [String: Check] = [:]
        var isFound = [Bool](repeating: false, count: altered.deviations.count)
        var repairOf = [Bool?](repeating: nil, count: altered.deviations.count)
        for finding in findings {
            let (kind, name, field) = (finding[0], finding[1], records.schema.index(of: finding[4]))
            guard kind != Finding.Kind.duplicate.rawValue, let field,
                let row = rows[RecordKey(source: finding[2], recordID: finding[3])]
            else { continue }
            var check = checks[name] ?? Check(name: name, namesCulprit: Validator.namesCulprit(name))
            check.findings += 1
            let here = altered.at(row, field)
            var sides = validator.partners(of: name, field).flatMap { altered.at(row, $0) }
            if Validator.comparesRecords(name) {
                sides += persons.others(row).flatMap { altered.at($0, field) }
            }
            if !here.isEmpty { check.right += 1 } else if !sides.isEmpty { check.wrongCulprit += 1 }
            for deviation in here + sides { isFound[deviation] = true }
            if !finding[5].isEmpty {
                let kind = records.schema.fields[field].kind
                let original = here.first.map { altered.deviations[$0].original } ?? records.value(row, field)
                let isRight = SameForm.holds(kind, finding[5], original)
                check.repairs += 1
                check.rightRepairs += isRight ? 1 : 0
                for deviation in here { repairOf[deviation] = isRight && repairOf[deviation] != false }
            }
            checks[name] = check
        }

        let entities = EntitiesOfRecords(truth, records)
        for (index, deviation) in altered.deviations.enumerated() {
            var kind = kinds[deviation.kind] ?? Kind(name: deviation.kind)
            kind.deviations += 1
            var isDetectable = false
            switch deviation.nature {
            case .form: kind.form += 1
            case .missing:
                isDetectable =
                    records.schema.fields[deviation.field].required
                    || entities.others(deviation.row).contains { !records.isMissing($0, deviation.field) }
            case .wrong:
                isDetectable =
                    validator.isContradicted(deviation.row, deviation.field)
                    || entities.others(deviation.row).contains { Self.differ($0, deviation, records) }
            }
            if isDetectable { kind.detectable += 1 }
            if isFound[index] { if isDetectable { kind.found += 1 } else { kind.foundBeyond += 1 } }
            if let isRight = repairOf[index] {
                kind.repairs += 1
                kind.rightRepairs += isRight ? 1 : 0
            }
            kinds[deviation.kind] = kind
        }
        self.kinds = kinds.values.sorted { $0.name < $1.name }
        self.checks = checks.values.sorted { $0.name < $1.name }
        unknown = altered.unknown
    }

    private static func differ(_ other: Int, _ deviation: AlteredCells.Deviation, _ records: RecordTable) -> Bool {
        let codes = records.columns[deviation.field].codes
        guard codes[other] != 0, codes[other] != codes[deviation.row] else { return false }
        return !SameForm.holds(
            records.schema.fields[deviation.field].kind, records.value(other, deviation.field),
            records.value(deviation.row, deviation.field))
    }
}

/// The rows that a run took for one person.
struct PersonsOfRun {
    private var rows: [Int: ArraySlice<Int>] = [:]

    /// - Parameter members: source, record id, person id.
    init(_ members: [[String]], rows known: [RecordKey: Int]) {
        var persons: [String: [Int]] = [:]
        for member in members {
            guard let row = known[RecordKey(source: member[0], recordID: member[1])] else { continue }
            persons[member[2], default: []].append(row)
        }
        for members in persons.values where members.count > 1 {
            for row in members { rows[row] = members[...] }
        }
    }

    func others(_ row: Int) -> [Int] { (rows[row] ?? []).filter { $0 != row } }
}

/// The rows that stand for one person in truth.
struct EntitiesOfRecords {
    private var rows: [String: [Int]] = [:]
    private var entities: [String?] = []

    init(_ truth: Truth, _ records: RecordTable) {
        entities = (0..<records.count).map { row in
            let key = records.key(row)
            return truth.entity(source: key.source, recordID: key.recordID)
        }
        for (row, entity) in entities.enumerated() {
            if let entity { rows[entity, default: []].append(row) }
        }
    }

    func others(_ row: Int) -> [Int] { entities[row].flatMap { rows[$0] }?.filter { $0 != row } ?? [] }
}
