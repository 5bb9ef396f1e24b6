import ArgumentParser

/// A number of bytes as people write it: 800MB, 4GB, 512MiB.
struct MemorySize: ExpressibleByArgument {
    let bytes: Int

    init?(argument: String) {
        let text = argument.uppercased()
        let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
        let units: [String: Double] = [
            "": 1, "B": 1, "KB": 1e3, "K": 1e3, "MB": 1e6, "M": 1e6, "GB": 1e9, "G": 1e9, "TB": 1e12, "KIB": 1_024,
            "MIB": 1_048_576, "GIB": 1_073_741_824,
        ]
        guard let number = Double(digits), let unit = units[String(text.dropFirst(digits.count))], number > 0,
            number * unit < 1e15
        else { return nil }
        bytes = Int(number * unit)
    }
}
