import Standards

/// The ethnic groups of GB/T 3304 and their shares by province.
struct EthnicMix {
    /// `names[code]`, code 1 to 56, as `汉族`.
    let names: [Bytes]
    private let byProvince: [Int: (codes: [Int], choice: WeightedChoice)]

    init(provinces: Set<Int>) {
        var names: [Bytes] = [[]]
        for row in CSVTable(.ethnicGroups) { names.append(Bytes(row.utf8(1))) }
        self.names = names
        var byProvince: [Int: (codes: [Int], choice: WeightedChoice)] = [:]
        for province in provinces {
            let shares = Self.shares[province] ?? Self.elsewhere
            let han = 100 - shares.reduce(0) { $0 + $1.percent }
            byProvince[province] = (
                [1] + shares.map(\.code), WeightedChoice([han] + shares.map(\.percent), size: 10_000)
            )
        }
        self.byProvince = byProvince
    }

    var count: Int { names.count - 1 }

    func draw(province: Int, _ generator: inout SeededGenerator) -> Int {
        guard let mix = byProvince[province] else { return 1 }
        return mix.codes[mix.choice.draw(&generator)]
    }

    /// Percent of the population, roughly; the rest is Han.
    private static let elsewhere: [(code: Int, percent: Double)] = [
        (2, 0.1), (3, 0.7), (5, 0.05), (6, 0.2), (8, 0.2), (10, 0.05), (11, 0.5), (15, 0.2),
    ]
    private static let shares: [Int: [(code: Int, percent: Double)]] = [
        15: [(2, 17.7), (3, 0.8), (11, 2), (31, 0.3), (45, 0.1)],
        21: [(2, 1.5), (3, 0.6), (10, 0.5), (11, 12), (38, 0.3)],
        22: [(2, 0.5), (3, 0.4), (10, 3.8), (11, 3.2)],
        41: [(2, 0.1), (3, 1.1), (11, 0.1)],
        43: [(3, 0.1), (6, 3), (12, 1.2), (13, 1), (15, 3.9)],
        44: [(3, 0.05), (6, 0.3), (8, 0.6), (13, 0.3), (15, 0.2)],
        45: [(6, 1), (8, 31), (12, 0.7), (13, 3.3), (32, 0.4), (36, 0.2)],
        51: [(3, 0.1), (4, 1.9), (6, 0.2), (7, 3.3), (33, 0.4)],
        52: [(3, 0.5), (6, 12), (7, 2.4), (9, 7.9), (12, 4.1), (15, 4.1), (25, 1), (37, 1.4)],
        53: [
            (3, 1.5), (4, 0.3), (6, 2.6), (7, 11), (8, 2.6), (13, 0.5), (14, 3.4), (16, 3.5), (18, 2.6),
            (20, 1.4),
            (21, 0.8), (24, 1), (27, 0.7), (28, 0.3),
        ],
        54: [(3, 0.4), (4, 86), (54, 0.3), (55, 0.1)],
        62: [(3, 5), (4, 2), (26, 2.2), (30, 0.1), (47, 0.1), (48, 0.1)],
        63: [(2, 1.8), (3, 15), (4, 25), (30, 3.5), (35, 2)],
        64: [(2, 0.1), (3, 35), (11, 0.4)],
        65: [(2, 0.7), (3, 4.5), (5, 45), (17, 6.5), (29, 0.8), (38, 0.2), (41, 0.2)],
    ]
}
