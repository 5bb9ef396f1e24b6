import Records

/// What comparing one piece of the candidate pairs brings.
struct ScoredPiece: Sendable {
    var pairs: [ScoredCandidate] = []
    /// Pairs compared.
    var met = 0
    /// Of them those let go before their dear fields were compared.
    var cutShort = 0
    var letGo = LetGoDraws()
}

extension ScoredPiece {
    var packed: [UInt8] {
        var writer = PackedWriter(expecting: 24 + pairs.count * 16)
        writer.append(UInt64(met))
        writer.append(UInt64(cutShort))
        writer.append(UInt64(pairs.count))
        for entry in pairs {
            writer.append(entry.pair.a)
            writer.append(entry.pair.b)
            writer.append(entry.pattern)
        }
        letGo.pack(into: &writer)
        return writer.bytes
    }

    /// - Parameters:
    ///   - rows: of the table; a pair of other rows is none.
    ///   - score: of a pattern.
    /// - Returns: `nil` for bytes that are not those of a piece.
    init?(
        packed bytes: ArraySlice<UInt8>, key: UInt8, rows: Int,
        score: (_ pattern: UInt64) -> (match: Double, likeliest: UInt8)
    ) {
        var reader = PackedReader(bytes)
        guard let met = reader.next(UInt64.self), let cutShort = reader.next(UInt64.self),
            let count = reader.next(UInt64.self), max(met, cutShort) < 1 << 62, count <= reader.count / 16
        else { return nil }
        (self.met, self.cutShort) = (Int(met), Int(cutShort))
        pairs.reserveCapacity(Int(count))
        for _ in 0..<count {
            guard let pair = RowPair(from: &reader, rows: rows), let pattern = reader.next(UInt64.self) else {
                return nil
            }
            let (match, likeliest) = score(pattern)
            pairs.append(
                ScoredCandidate(pair: pair, pattern: pattern, posterior: match, likeliest: likeliest, key: key))
        }
        guard let letGo = LetGoDraws(from: &reader, rows: rows), reader.count == 0 else { return nil }
        self.letGo = letGo
    }
}

extension RowPair {
    /// - Returns: `nil` where no pair of so many rows stands.
    init?(from reader: inout PackedReader, rows: Int) {
        guard let a = reader.next(UInt32.self), let b = reader.next(UInt32.self), a < b, Int(b) < rows else {
            return nil
        }
        self.init(a, b)
    }
}
