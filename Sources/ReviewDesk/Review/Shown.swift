import Pipeline
import Records
import Reports

/// How values of records are shown: masked where a number tells who somebody is, covered where the record is of a source or an
/// area that the visitor does not work on, invisible characters made visible.
struct Shown {
    let language: Language
    /// The visitor may see numbers in full, and asked for it.
    let isRevealed: Bool
    /// Whose cells the visitor may see.
    private let pool: DeskPool

    init(language: Language, isRevealed: Bool, of pool: DeskPool = .all) {
        (self.language, self.isRevealed, self.pool) = (language, isRevealed, pool)
    }

    func value(_ text: String, _ kind: FieldKind) -> String {
        visible(isRevealed || !isMasked(kind) ? text : masked(text, kind))
    }

    /// A sentence that may name values of other fields than its own.
    func message(_ text: String) -> String { visible(isRevealed ? text : maskedNumbers(in: text)) }

    // MARK: Cells of others

    /// In the place of a value: as long for all of them.
    static let cover = "•••"

    /// Some cells are covered for this visitor.
    var isBound: Bool { !pool.isAll }

    /// Whoever works on one source or area decides pairs with records of another, and is not shown what these say.
    func covers(_ record: DeskRecord) -> Bool { !pool.allows(record) }

    /// - Parameter record: `nil` for one that nobody knows any more, which is of no pool.
    func value(_ text: String, _ kind: FieldKind, of record: DeskRecord?) -> String {
        let isCovered = record.map(covers) ?? isBound
        return isCovered && !text.isEmpty ? Self.cover : value(text, kind)
    }

    func name(_ record: DeskRecord) -> String {
        covers(record) && !record.name.isEmpty ? Self.cover : visible(record.name)
    }

    /// Whether the visitor knows a value of a person: one of the records that they may see has it.
    func knows(_ value: String, _ field: String, from records: [DeskRecord]) -> Bool {
        !isBound || value.isEmpty || records.contains { !covers($0) && $0.has(value, field) }
    }

    /// Whether a value tells what a covered record says.
    func tells(_ value: String, _ field: String, of records: [DeskRecord]) -> Bool {
        isBound && records.contains { covers($0) && $0.has(value, field) }
            && !knows(value, field, from: records)
    }

    /// A piece of one of two texts that stand side by side.
    struct Piece: Equatable {
        var text: String
        let differs: Bool

        var view: [String: Any] { ["text": text, "differs": differs] }
    }

    /// Two values with what differs marked. Of masked ones the characters that differ are shown and the others are not: a
    /// slip can be judged without the number. Where more differ than a slip or an exchange, only their places are shown: with
    /// the birth date and the district beside it the number could be worked out.
    func compared(_ a: String, _ b: String, _ kind: FieldKind) -> (a: [Piece], b: [Piece]) {
        let (left, right) = TextDifference.pieces(a, b)
        guard isMasked(kind), !isRevealed else {
            return (left.map(visible), right.map(visible))
        }
        // Two values that have little in common would be shown whole.
        let common = left.filter { !$0.differs }.reduce(0) { $0 + $1.text.count }
        guard 2 * common >= max(a.count, b.count) else {
            return (
                [Piece(text: visible(masked(a, kind)), differs: true)],
                [Piece(text: visible(masked(b, kind)), differs: true)]
            )
        }
        func differing(_ pieces: [Piece]) -> Int { pieces.filter(\.differs).reduce(0) { $0 + $1.text.count } }
        let isSlip = max(differing(left), differing(right)) <= Self.mostTold
        return (left.map { covered($0, isTold: isSlip) }, right.map { covered($0, isTold: isSlip) })
    }

    /// Characters of a masked number that are shown where they differ.
    private static let mostTold = 2

    /// A value in one piece.
    func whole(_ cell: DeskRecord.Cell, isCovered: Bool) -> [Piece] {
        if cell.raw.isEmpty { return [] }
        return [Piece(text: isCovered ? Self.cover : value(cell.raw, cell.kind), differs: false)]
    }

    private func covered(_ piece: Piece, isTold: Bool) -> Piece {
        if piece.differs && isTold { return visible(piece) }
        return Piece(
            text: String(repeating: piece.differs ? "×" : "•", count: piece.text.count), differs: piece.differs)
    }

    private func visible(_ piece: Piece) -> Piece { Piece(text: visible(piece.text), differs: piece.differs) }

    /// Characters that nobody sees, and those that turn the direction of a line, as their code points.
    func visible(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: Self.isInvisible) else { return text }
        var shown = ""
        for scalar in text.unicodeScalars {
            if Self.isInvisible(scalar) {
                shown += "⟨U+" + String(scalar.value, radix: 16, uppercase: true) + "⟩"
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
        default: false
        }
    }
}

extension DeskRecord {
    fileprivate func has(_ value: String, _ field: String) -> Bool {
        cells.contains { $0.field == field && [$0.raw, $0.value].contains(value) }
    }
}

/// What two texts have in common, character by character.
enum TextDifference {
    /// Longer texts are compared as wholes.
    private static let mostCharacters = 400

    /// By a longest common subsequence; pieces that are alike and different take turns.
    static func pieces(_ a: String, _ b: String) -> (a: [Shown.Piece], b: [Shown.Piece]) {
        let (left, right) = (Array(a), Array(b))
        guard !left.isEmpty, !right.isEmpty, left.count <= mostCharacters, right.count <= mostCharacters else {
            let isEqual = a == b
            func whole(_ text: String) -> [Shown.Piece] {
                text.isEmpty ? [] : [Shown.Piece(text: text, differs: !isEqual)]
            }
            return (whole(a), whole(b))
        }
        // lengths[i][j]: of the common part of what follows from i and from j.
        let width = right.count + 1
        var lengths = [Int](repeating: 0, count: (left.count + 1) * width)
        for i in left.indices.reversed() {
            for j in right.indices.reversed() {
                lengths[i * width + j] =
                    left[i] == right[j]
                    ? lengths[(i + 1) * width + j + 1] + 1
                    : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
            }
        }
        var (first, second): ([Shown.Piece], [Shown.Piece]) = ([], [])
        var (i, j) = (0, 0)
        while i < left.count, j < right.count {
            if left[i] == right[j] {
                append(left[i], false, &first)
                append(right[j], false, &second)
                (i, j) = (i + 1, j + 1)
            } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
                append(left[i], true, &first)
                i += 1
            } else {
                append(right[j], true, &second)
                j += 1
            }
        }
        while i < left.count {
            append(left[i], true, &first)
            i += 1
        }
        while j < right.count {
            append(right[j], true, &second)
            j += 1
        }
        return (first, second)
    }

    private static func append(_ character: Character, _ differs: Bool, _ pieces: inout [Shown.Piece]) {
        if pieces.last?.differs == differs {
            pieces[pieces.count - 1].text.append(character)
        } else {
            pieces.append(Shown.Piece(text: String(character), differs: differs))
        }
    }
}
