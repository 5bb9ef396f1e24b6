/// How often each kind of noise strikes in one office.
struct NoiseRates {
    /// By raw value of the kind.
    private var shares: [Double] = []
    /// Chance that a field is absent.
    let missing: [(field: RecordField, share: Double)]

    /// `overall` is the factor on every kind that `overrides` does not name. An override stands for an office of average
    /// care, like the rates of the kinds.
    init(_ office: Office, overall: Double, overrides: [RateOverride]) {
        for kind in NoiseKind.all {
            let rate = overrides.last { $0.kind == kind }?.rate ?? kind.rate * overall
            shares.append(kind.isShareOfSome ? rate : min(0.9, rate * office.carelessness))
        }
        let factor = shares[NoiseKind.missing.rawValue]
        missing = Self.usuallyMissing.map { ($0.field, $0.shares[office.rawValue] * factor) }
    }

    subscript(kind: NoiseKind) -> Double { shares[kind.rawValue] }

    /// Share absent in the register, the community, the dossiers.
    private static let usuallyMissing: [(field: RecordField, shares: [Double])] = [
        (.idNumber, [0.006, 0.12, 0.22]),
        (.birth, [0.003, 0.05, 0.08]),
        (.ethnic, [0.003, 0.05, 0.08]),
        (.homeAddress, [0.005, 0.06, 0.10]),
        (.residenceAddress, [0.02, 0.01, 0.06]),
        (.phone, [0.15, 0.06, 0.12]),
        (.sex, [0.001, 0.01, 0.01]),
    ]
}
