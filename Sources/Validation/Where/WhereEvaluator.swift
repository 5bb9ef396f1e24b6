import Records

/// One condition of the rule book at work on the rows of a table. Belongs to one thread.
final class WhereEvaluator {
    private let condition: ValidationPlan.Condition
    private let records: RecordTable
    private let fields: [Int]
    private let statement: WhereStatement
    /// Code bound to each parameter; a cell equal to the one before is not bound again.
    private var bound: [UInt32]

    init(_ condition: ValidationPlan.Condition, _ expression: WhereExpression, _ records: RecordTable) throws {
        self.condition = condition
        self.records = records
        fields = expression.fields
        statement = try expression.statement(for: records.schema)
        // A parameter never bound is NULL, which is what code 0 stands for.
        bound = Array(repeating: 0, count: fields.count)
    }

    /// The cell's field and what is to be said of it, when the condition is true of the row.
    func hit(_ row: Int) throws -> Hit? {
        for parameter in fields.indices {
            let code = records.columns[fields[parameter]].codes[row]
            if code == bound[parameter] { continue }
            bind(code, of: fields[parameter], to: parameter + 1)
            bound[parameter] = code
        }
        do {
            return try statement.isTrue() ? Hit(field: condition.fields.first ?? fields.first) : nil
        } catch let problem as WhereConnection.Problem {
            throw failure(row, problem)
        }
    }

    private func bind(_ code: UInt32, of field: Int, to parameter: Int) {
        let column = records.columns[field]
        let kind = records.schema.fields[field].kind
        let isTyped = kind == .date || kind == .number
        if code == 0 || isTyped && !column.isWellFormed[Int(code)] {
            statement.bindNull(parameter)
        } else if kind == .number {
            if let number = Double(column.values[code]), number.isFinite {
                statement.bind(number, to: parameter)
            } else {
                statement.bindNull(parameter)
            }
        } else {
            column.values.withUTF8(code) { bytes in
                statement.bind(UnsafeBufferPointer(rebasing: bytes.prefix(Self.longestCell)), to: parameter)
            }
        }
    }

    /// A longer text is compared by its beginning, so that one strange cell cannot stop a run.
    private static let longestCell = 100_000

    private func failure(_ row: Int, _ problem: WhereConnection.Problem) -> Failure {
        // A record id may be somebody's number; the line is not.
        let (source, line) = records.withView { ($0.source(row), $0.line(row)) }
        return Failure(
            .badInput, code: "E-WHERE-003",
            Text(
                en: "the check \(condition.id) failed on the record in line \(line) of \(source): "
                    + "\(problem.message), in “\(condition.expression)”",
                zh: "检查 \(condition.id) 在来源 \(source) 第 \(line) 行的记录上无法计算："
                    + "\(problem.message)，条件为“\(condition.expression)”"),
            advice: Text(
                en: "change the condition in the rule book so that it can be computed for every record",
                zh: "请修改规则文件中的条件，使其对每条记录都能计算"))
    }
}
