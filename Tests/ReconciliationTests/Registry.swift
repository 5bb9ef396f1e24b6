import Reconciliation
import Records

/// Builds small record tables from literals.
///
/// A cell is written `raw` or `raw→normalised`; an empty normalised text is a missing value, and `!` before it says that
/// it is ill-formed: `1985/13/7→!1985-13-07`.
enum Registry {
    struct Office {
        let profile: SourceProfile
        /// Record id, then one cell per field; `nil` in the first row: the office has no such column.
        let rows: [[String?]]

        init(
            _ name: String, trust: Int = 1, role: SourceProfile.Role = .register, asOf: String? = nil,
            _ rows: [[String?]]
        ) {
            profile = SourceProfile(name: name, trust: trust, role: role, asOf: asOf)
            self.rows = rows
        }
    }

    static func table(_ fields: [Field], _ offices: [Office]) -> RecordTable {
        var interners = fields.map { _ in TextInterner() }
        var codes = fields.map { _ in [UInt32]() }
        var isWellFormed = fields.map { _ in [false] }
        let sources = offices.map { office in
            var ids = TextInterner()
            let recordIDs = office.rows.map { ids.intern(($0[0] ?? "") as String) }
            let columns = fields.indices.map { field -> SourceTable.Column? in
                var raws = TextInterner()
                var rawCodes: [UInt32] = []
                for row in office.rows {
                    let parts = (row[field + 1] ?? "").split(separator: "→", omittingEmptySubsequences: false)
                    var normalised = String(parts.last ?? "")
                    let isBad = normalised.hasPrefix("!")
                    if isBad { normalised.removeFirst() }
                    rawCodes.append(raws.intern(String(parts[0])))
                    let code = interners[field].intern(normalised)
                    if Int(code) == isWellFormed[field].count { isWellFormed[field].append(!isBad) }
                    codes[field].append(code)
                }
                guard let first = office.rows.first, first[field + 1] != nil else { return nil }
                return SourceTable.Column(header: fields[field].name, codes: rawCodes, values: raws.pool)
            }
            return SourceTable(
                profile: office.profile,
                file: SourceFile(
                    path: "\(office.profile.name).csv", format: .csv, sha256: String(repeating: "0", count: 64),
                    size: 0, encoding: "utf-8"),
                recordIDs: recordIDs, recordIDPool: ids.pool, lines: office.rows.indices.map { UInt32($0 + 2) },
                offsets: office.rows.indices.map { UInt64($0) }, columns: columns)
        }
        return RecordTable(
            schema: Schema(fields), sources: sources,
            columns: fields.indices.map {
                RecordTable.Column(codes: codes[$0], values: interners[$0].pool, isWellFormed: isWellFormed[$0])
            })
    }

    /// All rows as the records of one person.
    static func onePerson(_ records: RecordTable) -> PersonAssignment {
        PersonIDs.assign(
            groups: Array(repeating: 0, count: records.count), previous: .none(rows: records.count))
    }
}
