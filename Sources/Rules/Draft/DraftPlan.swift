import Foundation
import Matching
import Records

/// A rule book in the making: the fields of all exports brought together.
struct DraftPlan {
    struct Source {
        let name: String
        let sample: FileSample
        var recordID: String?
        /// Field name → column, in the order of the columns.
        var mappings: [(field: String, column: String)] = []
    }

    struct DraftField {
        let name: String
        var kind: FieldKind
        /// Of all offices that have a list; written where `kind` is a code.
        var codes: [(written: String, code: String)]
        /// What offices without a list write; `nil`: too much for one.
        var words: Set<String>?
        var dateOrder: DateOrder?
        var hasShortYears: Bool
        /// Source, column and reason of each guess.
        var reasons: [(source: String, column: String, reason: Text)]

        /// The highest share of filled cells in any export.
        var filledShare: Double

        /// What a register of persons cannot do without, and some office nearly always has.
        var isRequired: Bool {
            filledShare > 0.8 && ["name", "surname", "given_name", "id_number", "birth_date", "sex"].contains(name)
        }
    }

    private(set) var sources: [Source] = []
    private(set) var fields: [DraftField] = []

    init(_ samples: [FileSample]) {
        for sample in samples { add(sample) }
    }

    var schema: Schema {
        Schema(
            fields.map { field in
                Field(
                    name: field.name, kind: field.kind, required: field.isRequired,
                    codes: Dictionary(
                        field.kind == .code ? field.codes.map { ($0.written, $0.code) } : [],
                        uniquingKeysWith: { first, _ in first }),
                    dateOrder: field.dateOrder)
            })
    }

    private mutating func add(_ sample: FileSample) {
        var source = Source(name: sourceName(of: sample), sample: sample)
        var headers: Set<String> = []
        var used: Set<String> = []
        let guesses = sample.columns.map { ColumnGuess($0) }
        let orders = Set(guesses.compactMap(\.dateOrder))
        source.recordID = Self.recordID(of: sample)
        for (column, guess) in zip(sample.columns, guesses) {
            // Two columns of one name cannot be told apart, and one without a name cannot be named.
            guard !column.header.allSatisfy(\.isWhitespace), headers.insert(column.header).inserted else { continue }
            if column.header == source.recordID { continue }
            let name = fieldName(guess, Self.ownName(of: column, in: sample, besides: used), used)
            used.insert(name.lowercased())
            source.mappings.append((name, column.header))
            add(guess, name, (source.name, column.header, guess.reason), column.filledShare)
            // An export writes its dates in one order.
            if guess.isOrderOpen, orders.count == 1, let index = fields.firstIndex(where: { $0.name == name }) {
                fields[index].dateOrder = fields[index].dateOrder ?? orders.first
            }
        }
        sources.append(source)
    }

    /// The column that numbers the records: by its name, else the first of all if its values can be nothing else.
    private static func recordID(of sample: FileSample) -> String? {
        if let named = sample.columns.first(where: \.mayBeRecordID) { return named.header }
        guard let first = sample.columns.first, first.isNumbering, !first.header.allSatisfy(\.isWhitespace) else {
            return nil
        }
        return first.header
    }

    private mutating func add(
        _ guess: ColumnGuess, _ name: String, _ reason: (String, String, Text), _ filledShare: Double
    ) {
        guard let index = fields.firstIndex(where: { $0.name.lowercased() == name.lowercased() }) else {
            fields.append(
                DraftField(
                    name: name, kind: guess.kind, codes: guess.codes, words: guess.words, dateOrder: guess.dateOrder,
                    hasShortYears: guess.hasShortYears, reasons: [reason], filledShare: filledShare))
            return
        }
        fields[index].reasons.append(reason)
        fields[index].filledShare = max(fields[index].filledShare, filledShare)
        fields[index].dateOrder = fields[index].dateOrder ?? guess.dateOrder
        fields[index].hasShortYears = fields[index].hasShortYears || guess.hasShortYears
        fields[index].join(guess)
    }

    /// The name its meaning has, else the office's own name made fit; numbered when the export has two of them.
    private func fieldName(_ guess: ColumnGuess, _ ownName: String, _ used: Set<String>) -> String {
        let base = guess.field.isEmpty ? ownName : guess.field
        var name = base
        if name.isEmpty || RuleBookReader.reservedFieldNames.contains(name) || name.first?.isNumber == true {
            name = "column_" + base
        }
        name = String(name.prefix(48))
        var number = 1
        var unique = name
        while used.contains(unique.lowercased()) {
            number += 1
            unique = "\(name)_\(number)"
        }
        return unique
    }

    /// What the office calls it; of an XML path the last steps that no other column has, without their prefixes.
    private static func ownName(of column: ColumnSample, in sample: FileSample, besides used: Set<String>) -> String {
        func word(_ text: String) -> String { Self.word(text, isAllowed: { $0 == "_" }) }
        guard sample.format == .xml else { return word(column.header) }
        let steps = column.header.split(separator: "/").map { step in
            step.split(separator: ":").last.map(String.init) ?? String(step)
        }
        // An attribute is called with its element.
        let least = column.header.split(separator: "/").last?.hasPrefix("@") == true ? 2 : 1
        for count in min(least, steps.count)...max(least, steps.count) {
            let name = word(steps.suffix(count).joined(separator: "_"))
            if !name.isEmpty, !used.contains(name) { return name }
        }
        return word(column.header)
    }

    private func sourceName(of sample: FileSample) -> String {
        let file = sample.path.split(separator: "/").last.map(String.init) ?? "source"
        let stem = file.hasPrefix(".") ? file : file.split(separator: ".").first.map(String.init) ?? file
        let word = Self.word(stem, isAllowed: { $0 == "_" || $0 == "-" }).drop { $0 == "-" }
        let name = word.isEmpty ? "source" : String(word.prefix(20))
        var number = 1
        var unique = name
        while sources.contains(where: { $0.name.lowercased() == unique.lowercased() }) {
            number += 1
            unique = "\(name)_\(number)"
        }
        return unique
    }

    /// Lower-case letters, digits and what else is allowed; the rest becomes one `_`.
    private static func word(_ text: String, isAllowed: (Unicode.Scalar) -> Bool) -> String {
        var word = String.UnicodeScalarView()
        for scalar in text.precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            let isDigit = ("0"..."9").contains(scalar)
            if isDigit || scalar.properties.isAlphabetic || isAllowed(scalar) {
                word.append(scalar)
            } else if let last = word.last, last != "_" {
                word.append("_")
            }
        }
        while word.last == "_" { word.removeLast() }
        return String(word)
    }
}

extension DraftPlan.DraftField {
    /// Takes in the column of another office. A recognised form beats free text; a list of codes stands only while it holds
    /// what all offices write.
    fileprivate mutating func join(_ guess: ColumnGuess) {
        let known = Set(codes.map(\.written))
        codes += guess.codes.filter { !known.contains($0.written) }
        words = words.flatMap { words in guess.words.map(words.union) }
        let free: Set<FieldKind> = [.text, .code]
        if free.contains(kind), free.contains(guess.kind) {
            let isListed = !codes.isEmpty && words?.isSubset(of: codes.map(\.written)) == true
            kind = isListed ? .code : .text
        } else if kind == .code {
            kind = .text
        } else if kind == .text {
            kind = guess.kind
        }
    }
}
