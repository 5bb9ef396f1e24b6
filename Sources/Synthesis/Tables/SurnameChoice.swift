import Standards

/// Surnames by weight: the general table, and the one of Hui families.
struct SurnameChoice {
    private var general: [Bytes] = []
    private var hui: [Bytes] = []
    private let generalChoice: WeightedChoice
    private let huiChoice: WeightedChoice

    init() {
        var generalWeights: [Double] = []
        var huiWeights: [Double] = []
        for row in CSVTable(.surnames) {
            let weight = row.decimal(1) ?? 0
            if row.text(2) == "hui" {
                hui.append(Bytes(row.utf8(0)))
                huiWeights.append(weight)
            } else {
                general.append(Bytes(row.utf8(0)))
                generalWeights.append(weight)
            }
        }
        generalChoice = WeightedChoice(generalWeights, size: 60_000)
        huiChoice = WeightedChoice(huiWeights, size: 20_000)
    }

    func draw(hui isHui: Bool, _ generator: inout SeededGenerator) -> Bytes {
        isHui ? hui[huiChoice.draw(&generator)] : general[generalChoice.draw(&generator)]
    }
}
