import FuzzyText

/// A way of comparing texts, run over every pair of some rows and some columns.
struct Kernel: Sendable {
    let name: String
    let run: @Sendable (inout Lists) -> Void

    /// Those ending in `grid` prepare groups of columns, `one` takes one row at a time, `pair` one pair.
    static let all: [Kernel] = [
        Kernel(name: "jw-grid") { $0.scores { $0.jaroWinklerGrid(rows: $1, columns: $2, into: $3) } },
        Kernel(name: "osa-grid") { $0.distances { $0.osaGrid(rows: $1, columns: $2, into: $3) } },
        Kernel(name: "lev-grid") { $0.distances { $0.levenshteinGrid(rows: $1, columns: $2, into: $3) } },
        Kernel(name: "jw-one") { lists in
            lists.scores { scan, rows, columns, out in
                for (index, row) in rows.enumerated() {
                    scan.jaroWinkler(row, against: columns, into: line(index, columns, out))
                }
            }
        },
        Kernel(name: "osa-one") { lists in
            lists.distances { scan, rows, columns, out in
                for (index, row) in rows.enumerated() {
                    scan.osa(row, against: columns, into: line(index, columns, out))
                }
            }
        },
        Kernel(name: "jw85-one") { lists in
            let steps = lists.steps
            lists.scores { scan, rows, columns, out in
                for (index, row) in rows.enumerated() {
                    scan.jaroWinkler(row, against: columns, from: steps, into: line(index, columns, out))
                }
            }
        },
        Kernel(name: "osa2-one") { lists in
            lists.distances { scan, rows, columns, out in
                for (index, row) in rows.enumerated() {
                    scan.osa(row, against: columns, atMost: 2, into: line(index, columns, out))
                }
            }
        },
        Kernel(name: "jw-pair") { $0.pairs(JaroWinkler.similarity) },
        Kernel(name: "osa-pair") { $0.pairs { Double(OSA.distance($0, $1)) } },
        Kernel(name: "lev-pair") { $0.pairs { Double(Levenshtein.distance($0, $1)) } },
        Kernel(name: "osa2-pair") { $0.pairs { Double(OSA.distance($0, $1, atMost: 2) ?? 3) } },
        Kernel(name: "dice2-pair") { $0.pairs { QGrams.dice($0, $1, q: 2) } },
        Kernel(name: "words-pair") { $0.pairs(TokenSet.similarity) },
    ]

    private static func line<Value>(
        _ row: Int, _ columns: UnsafeBufferPointer<UInt32>, _ out: UnsafeMutableBufferPointer<Value>
    ) -> UnsafeMutableBufferPointer<Value> {
        UnsafeMutableBufferPointer(rebasing: out[(row * columns.count)..<((row + 1) * columns.count)])
    }
}
