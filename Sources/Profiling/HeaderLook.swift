import Foundation
package import Records

/// What is odd about the names of columns.
package enum HeaderLook {
    package static func remarks(_ headers: [String]) -> [Text] {
        var remarks: [Text] = []
        let unnamed = headers.indices.filter { headers[$0].allSatisfy(\.isWhitespace) }.map { String($0 + 1) }
        if !unnamed.isEmpty {
            remarks.append(
                Text(
                    en: "Columns without a name are not looked at: \(unnamed.joined(separator: ", ")).",
                    zh: "没有名称的列未作分析：第 \(unnamed.joined(separator: "、")) 列。"))
        }
        var names: [String] = []
        var twice: [String] = []
        for header in headers where !header.allSatisfy(\.isWhitespace) {
            if !names.contains(header) { names.append(header) } else if !twice.contains(header) { twice.append(header) }
        }
        for name in twice {
            remarks.append(
                Text(
                    en: "Two columns are called “\(name)”; only the first is looked at.",
                    zh: "有两列都叫“\(name)”，只分析第一列。"))
        }
        var looks: [String: String] = [:]
        for name in names {
            let look = folded(name)
            if let other = looks[look] {
                remarks.append(
                    Text(
                        en:
                            "The columns “\(other)” and “\(name)” look alike; only case, width, blanks or look-alike letters differ.",
                        zh: "列名“\(other)”与“\(name)”看起来相同，仅大小写、全半角、空格或形近字母不同。"))
            } else {
                looks[look] = name
            }
        }
        return remarks
    }

    /// Cyrillic and Greek letters that look like Latin ones become these; signs that do not show go.
    private static func folded(_ name: String) -> String {
        let text = name.precomposedStringWithCompatibilityMapping.lowercased()
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let latin = lookAlikes[scalar] {
                result.append(latin)
            } else if !scalar.properties.isWhitespace, scalar.properties.generalCategory != .format, scalar != "_" {
                result.append(scalar)
            }
        }
        return String(result)
    }

    private static let lookAlikes: [Unicode.Scalar: Unicode.Scalar] = [
        "а": "a", "в": "b", "е": "e", "к": "k", "м": "m", "н": "h", "о": "o", "р": "p", "с": "c", "т": "t", "у": "y",
        "х": "x", "і": "i", "ј": "j", "ѕ": "s", "α": "a", "β": "b", "ε": "e", "ι": "i", "κ": "k", "ν": "v", "ο": "o",
        "ρ": "p", "τ": "t", "υ": "u", "χ": "x",
    ]
}
