package import Records

/// Grades data by the points of its findings: a source record by its own, a record of the master by those of its
/// surviving cells. Never a person.
///
/// A cell counts once, with the finding of most points. A finding about a whole record counts by itself. A required field
/// that no record of the person fills counts in the master as its omission does; one that another record fills, or that
/// follows from the other cells, does not. Nothing counts against a cell that a person set.
package struct Grading: Sendable {
    private let plan: QualityPlan
    /// Findings with points, by row, those of a row by field.
    private let points: [Point]
    /// Those of row r: `points[starts[r]..<starts[r + 1]]`.
    private let starts: [UInt32]

    private struct Point {
        /// -1: the whole record.
        let field: Int32
        let points: Int32
        let check: UInt32
    }

    /// - Parameter findings: those that count, without waived ones.
    package init(_ findings: [Finding], in records: RecordTable, plan: QualityPlan) {
        self.plan = plan
        let rows = records.count
        var starts = [UInt32](repeating: 0, count: rows + 1)
        let worth = findings.map { Int32(truncatingIfNeeded: plan.points($0)) }
        for (finding, points) in zip(findings, worth) where points > 0 && (0..<rows).contains(finding.row) {
            starts[finding.row + 1] += 1
        }
        for row in 0..<rows { starts[row + 1] += starts[row] }
        var next = starts
        var checks: [String: UInt32] = [:]
        var placed = [Point](repeating: Point(field: 0, points: 0, check: 0), count: Int(starts[rows]))
        for (finding, points) in zip(findings, worth) where points > 0 && (0..<rows).contains(finding.row) {
            let check = finding.field == nil ? checks[finding.check] ?? UInt32(checks.count) : 0
            if finding.field == nil { checks[finding.check] = check }
            placed[Int(next[finding.row])] = Point(field: Int32(finding.field ?? -1), points: points, check: check)
            next[finding.row] += 1
        }
        for row in 0..<rows where starts[row + 1] - starts[row] > 1 {
            placed[Int(starts[row])..<Int(starts[row + 1])].sort {
                ($0.field, $0.check, $1.points) < ($1.field, $1.check, $0.points)
            }
        }
        self.points = placed
        self.starts = starts
    }

    package var count: Int { starts.count - 1 }

    /// Of a source record.
    package func points(row: Int) -> Int {
        var (sum, field): (Int, Int32?) = (0, nil)
        for point in points[Int(starts[row])..<Int(starts[row + 1])] {
            if point.field >= 0, point.field == field { continue }
            field = point.field
            sum += Int(point.points)
        }
        return sum
    }

    package func grade(row: Int) -> Grade { plan.grade(points: points(row: row)) }

    /// Of one cell.
    private func points(row: Int, field: Int) -> Int {
        let cell = points[Int(starts[row])..<Int(starts[row + 1])].first { $0.field == field }
        return cell.map { Int($0.points) } ?? 0
    }

    /// One per person of the master.
    func grades(persons: Persons, columns: [Master.Column]) -> [Grade] {
        var sums = [Int32](repeating: 0, count: persons.count)
        for (field, column) in columns.enumerated() {
            for (person, row) in column.rows.enumerated() where row != Master.noRow {
                if starts[Int(row)] == starts[Int(row) + 1] || column.isSet(person) { continue }
                sums[person] &+= Int32(truncatingIfNeeded: points(row: Int(row), field: field))
            }
        }
        persons.each { person, members in
            guard members.contains(where: { starts[Int($0)] != starts[Int($0) + 1] }) else { return }
            sums[person] &+= unplacedPoints(person, members, columns)
        }
        return sums.map { plan.grade(points: Int($0)) }
    }

    /// Points of whole records, each check once with its most, and of fields that no record of the person fills.
    private func unplacedPoints(
        _ person: Int, _ members: some Sequence<UInt32>, _ columns: [Master.Column]
    ) -> Int32 {
        var ofRecord: [UInt32: Int32] = [:]
        var ofField: [Int32: Int32] = [:]
        for row in members {
            for point in points[Int(starts[Int(row)])..<Int(starts[Int(row) + 1])] {
                if point.field < 0 {
                    ofRecord[point.check] = max(ofRecord[point.check] ?? 0, point.points)
                } else if columns[Int(point.field)].rows[person] == Master.noRow,
                    columns[Int(point.field)].replacements[UInt32(person)] == nil
                {
                    ofField[point.field] = max(ofField[point.field] ?? 0, point.points)
                }
            }
        }
        return ofRecord.values.reduce(0, &+) &+ ofField.values.reduce(0, &+)
    }
}
