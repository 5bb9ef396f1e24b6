import Records

extension NormalizationStep {
    /// In a Chinese address: labels, commas and blanks dropped, dashes written `-`, `12#` as `12号`.
    package static let addressMarks = NormalizationStep(
        "address-marks",
        Text(en: "Drops labels and commas from a Chinese address.", zh: "中文地址去掉“地址：”等标签和逗号。")
    ) { text in
        guard text.containsHan else { return text }
        var body = text
        if let colon = body.unicodeScalars.firstIndex(of: ":") {
            let label = String(body.unicodeScalars[..<colon])
            if ["地址", "住址", "户籍地址", "现住址", "居住地址", "家庭住址"].contains(label) {
                body = String(body.unicodeScalars[body.unicodeScalars.index(after: colon)...])
            }
        }
        let scalars = Array(body.unicodeScalars)
        var result: [Unicode.Scalar] = []
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case ",", "、", ";", "|", "。", "\"", "'": continue
            case "–", "—", "―", "‐", "‑", "~", "〜", "－": result.append("-")
            case "#":
                let next = index + 1 < scalars.count ? scalars[index + 1] : " "
                if result.last?.isDigit == true, next != "号" { result.append("号") }
            default: result.append(scalar)
            }
        }
        return String(scalars: result)
    }

    /// Letters of a Chinese address in upper case (A座), a Latin address in lower case without marks.
    package static let addressCase = NormalizationStep(
        "address-case",
        Text(en: "Writes letters in upper case in Chinese addresses, else in lower case.", zh: "中文地址中的字母大写，其他地址小写。")
    ) { text in
        guard !text.containsHan else { return text.isASCII ? text : text.uppercased() }
        return latinPunctuation.apply(diacritics.apply(text.folded))
    }

    /// `12 high st` → `12 high street`, `n main rd` → `north main road`, `st kilda rd` → `saint kilda road`.
    /// Runs on a Latin text in lower case without punctuation. `StreetWords` is the same on bytes.
    package static let streetWords = NormalizationStep(
        "street-words", Text(en: "Writes street words in full: st → street.", zh: "英文街道缩写写全：st → street。")
    ) { text in
        guard !text.containsHan else { return text }
        var words = text.words.map(String.init)
        // Behind it there are only directions.
        let last = words.lastIndex { directions[$0] == nil && !directionNames.contains($0) } ?? 0
        for index in words.indices {
            let isLast = index >= last
            if words[index] == "st", !isLast, index == 0 || words[index - 1].unicodeScalars.allSatisfy(\.isDigit) {
                words[index] = "saint"
            } else if let word = streetWordForms[words[index]], index > 0, isLast || word != "street" {
                words[index] = word
            } else if let word = directions[words[index]], words.count > 1, index == 0 || isLast {
                words[index] = word
            }
        }
        return words.joined(separator: " ")
    }

    /// `st albans` → `saint albans`, `mt isa` → `mount isa`; Latin, lower case.
    package static let placeWords = NormalizationStep(
        "place-words",
        Text(en: "Writes place words in full: st → saint, mt → mount.", zh: "英文地名缩写写全：st → saint，mt → mount。")
    ) { text in
        guard !text.containsHan else { return text }
        var words = text.words.map(String.init)
        guard words.count > 1 else { return text }
        switch words[0] {
        case "st": words[0] = "saint"
        case "mt": words[0] = "mount"
        case "ft": words[0] = "fort"
        case "pt": words[0] = "port"
        default: if let word = directions[words[0]] { words[0] = word }
        }
        return words.joined(separator: " ")
    }

    private static let directionNames = Set(directions.values)

    static let directions = [
        "n": "north", "s": "south", "e": "east", "w": "west", "nth": "north", "sth": "south", "ne": "northeast",
        "nw": "northwest", "se": "southeast", "sw": "southwest",
    ]

    static let streetWordForms = [
        "st": "street", "str": "street", "rd": "road", "ave": "avenue", "av": "avenue", "dr": "drive", "drv": "drive",
        "ln": "lane", "ct": "court", "crt": "court", "pl": "place", "cres": "crescent", "cr": "crescent",
        "cct": "circuit", "cir": "circle", "pde": "parade", "blvd": "boulevard", "bvd": "boulevard", "hwy": "highway",
        "pkwy": "parkway", "tce": "terrace", "ter": "terrace", "terr": "terrace", "sq": "square", "cl": "close",
        "gr": "grove", "gdns": "gardens", "gdn": "garden", "mws": "mews", "aly": "alley", "trl": "trail",
        "expy": "expressway",
    ]
}
