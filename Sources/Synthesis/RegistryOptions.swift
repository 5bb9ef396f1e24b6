import Records
package import Standards

/// How a synthetic registry of three offices is to be.
package struct RegistryOptions: Sendable {
    /// How much of it there is.
    package enum Size: Sendable, Equatable {
        /// At least so many records in all exports together.
        case records(Int)
        /// At least so many persons; a household is not cut.
        case persons(Int)
    }

    /// Overall amount of noise.
    package enum Profile: String, Sendable, CaseIterable {
        case clean, light, `default`, dirty

        package var scale: Double {
            switch self {
            case .clean: 0
            case .light: 0.4
            case .default: 1
            case .dirty: 2.5
            }
        }
    }

    package enum CommunityFormat: String, Sendable, CaseIterable {
        case xml, csv, both
    }

    package var size = Size.records(10_000)
    package var seed = 1
    package var profile = Profile.default
    /// Factor on every rate, 0 to 1000, in place of the profile's.
    package var scale: Double?
    /// Rates of single kinds, whatever profile and scale say; the last of a kind counts.
    package var rates: [RateOverride] = []
    /// Factor on duplicates inside an export, 0 to 12.
    package var duplicates = 1.0
    /// Factor on omissions, 0 to 10.
    package var omissions = 1.0
    /// Prefixes of division codes, one to six digits each. The default is twelve prefectures of all parts of the country.
    package var regions = [
        "6401", "6201", "4101", "5301", "4401", "1501", "4501", "6301", "3301", "6501", "5101", "2102",
    ]
    package var community = CommunityFormat.xml
    package var dossierEncoding = TextEncoding.gb18030
    /// The day of the exports, in 1985 to 2100; 2024-06-30 by default.
    package var asOf = World.day(19_904)
    /// A folder for the truth files and the summary apart from the exports; `nil`: beside them.
    package var truthDirectory: String?
    /// Replace files of the same names, whatever they are.
    package var overwriting = false

    package init() {}

    var overallScale: Double { scale ?? profile.scale }
}

/// The rate of one kind: chance per record in an office of average care, 0 to 1; for `missing` a factor, 0 to 1000.
package struct RateOverride: Sendable, Equatable {
    package let kind: NoiseKind
    package let rate: Double

    package init(_ kind: NoiseKind, _ rate: Double) {
        self.kind = kind
        self.rate = rate
    }

    /// Reads `homophone=0.1`.
    package init(_ text: String) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        guard parts.count == 2, let kind = NoiseKind(name: parts[0]), let rate = Double(parts[1]) else {
            throw Failure(
                .badInput, code: "E-SYN-001",
                Text(
                    en: "'\(text)' is no rate: expected a kind, '=' and a number, as in homophone=0.1",
                    zh: "“\(text)”不是比率：应为种类、“=”与数字，如 homophone=0.1"),
                advice: Text(en: "--list-kinds names the kinds.", zh: "--list-kinds 列出全部种类。"))
        }
        self.init(kind, rate)
    }

    var text: String { "\(kind.name)=\(rate)" }
}
