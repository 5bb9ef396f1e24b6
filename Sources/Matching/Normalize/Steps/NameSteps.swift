import Records
import Standards

extension NormalizationStep {
    /// `买买提•艾力`, `买买提.艾力`, `买买提－艾力` → `买买提·艾力`; only between Chinese characters, blanks around it dropped.
    ///
    /// Runs before `full-width` and `compatibility`, which would turn some of the dots into others.
    package static let interpuncts = NormalizationStep(
        "interpuncts",
        Text(
            en: "Writes every dot between the parts of a transliterated name as ·.", zh: "少数民族和外文译名中的各种间隔点统一为 ·。")
    ) { text in
        guard text.unicodeScalars.contains(where: { interpunctForms.contains($0) }) else { return text }
        let scalars = Array(text.unicodeScalars)
        var result: [Unicode.Scalar] = []
        var index = 0
        while index < scalars.count {
            var end = index
            var hasDot = false
            while end < scalars.count, interpunctForms.contains(scalars[end]) || scalars[end].isBlank {
                hasDot = hasDot || interpunctForms.contains(scalars[end])
                end += 1
            }
            if end == index {
                result.append(scalars[index])
                index += 1
                continue
            }
            let isAfterHan = result.last?.isHan ?? true
            let isBeforeHan = end == scalars.count || scalars[end].isHan
            if hasDot, isAfterHan, isBeforeHan, text.containsHan {
                if !result.isEmpty, end < scalars.count { result.append("·") }
            } else {
                result.append(contentsOf: scalars[index..<end])
            }
            index = end
        }
        return String(scalars: result)
    }

    private static let interpunctForms: Set<Unicode.Scalar> = [
        "·", "•", "・", "･", "‧", ".", "．", "。", "｡", "﹒", "∙", "⋅", "●", "˙", "․", "ꞏ", "᛫", "-", "－", "‐", "‑", "–",
        "—",
        "﹣", "﹘", "_", "＿", "丶",
    ]

    /// `张三（先生）`, `张三[户主]` → `张三`: what stands in brackets is a remark. Kept when nothing else is there. A bracket that is
    /// not closed begins a remark behind a name in Chinese characters (`张三（户主`), and is a slip elsewhere (`Maria (Anna Lopez`).
    package static let brackets = NormalizationStep(
        "brackets", Text(en: "Drops remarks in brackets from a name.", zh: "去掉姓名中括号里的说明。")
    ) { text in
        var result: [Unicode.Scalar] = []
        var inside: [Unicode.Scalar] = []
        var depth = 0
        for scalar in text.unicodeScalars {
            switch scalar {
            case "(", "[", "【", "〔", "<", "《", "{":
                if depth == 0 { inside = [] }
                depth += 1
            case ")", "]", "】", "〕", ">", "》", "}": depth = max(0, depth - 1)
            default: if depth == 0 { result.append(scalar) } else { inside.append(scalar) }
            }
        }
        if depth > 0, result.count < 2 || !result.allSatisfy(\.isHan) { result += [" "] + inside }
        let rest = String(scalars: result.trimmingBlanks)
        return rest.isEmpty ? text : rest
    }

    /// `张建国先生` → `张建国`. A form of address after a surname alone (张先生) stays: the name behind it is not known.
    package static let honorifics = NormalizationStep(
        "honorifics", Text(en: "Drops 先生, 女士 and the like after a full name.", zh: "去掉姓名后的“先生”“女士”等称呼。")
    ) { text in
        for word in ["先生", "女士", "小姐", "同志", "老师", "太太", "夫人"] where text.hasSuffix(word) {
            let rest = String(text.dropLast(2)).trimmed
            let isFullName = rest.unicodeScalars.count >= 2 && rest.unicodeScalars.allSatisfy { $0.isHan || $0 == "·" }
            return isFullName && !Surnames.shared.isCompound(rest) ? rest : text
        }
        return text
    }

    /// `买买提 艾力` → `买买提·艾力`: two parts of at least two characters, five or more together, and not a compound surname
    /// in front, are a transliterated name whose dot became a blank.
    package static let blankForInterpunct = NormalizationStep(
        "blank-for-interpunct",
        Text(en: "Puts the · back where a long Chinese name has a blank.", zh: "较长的译名中以空格代替的间隔点还原为 ·。")
    ) { text in
        let parts = text.words
        guard parts.count == 2, text.unicodeScalars.allSatisfy({ $0.isHan || $0 == " " }) else { return text }
        let lengths = parts.map(\.unicodeScalars.count)
        guard min(lengths[0], lengths[1]) >= 2, lengths[0] + lengths[1] >= 5,
            !Surnames.shared.isCompound(String(parts[0]))
        else { return text }
        return "\(parts[0])·\(parts[1])"
    }

    /// `张 三` → `张三`: blanks beside a Chinese character say nothing.
    package static let hanBlanks = NormalizationStep(
        "han-blanks", Text(en: "Drops blanks beside Chinese characters.", zh: "去掉汉字旁边的空格。")
    ) { text in
        guard text.utf8.contains(0x20), text.containsHan else { return text }
        let scalars = Array(text.unicodeScalars)
        return String(
            scalars: scalars.indices.lazy.filter { index in
                guard scalars[index] == " " else { return true }
                return !(index > 0 && scalars[index - 1].isHan || index + 1 < scalars.count && scalars[index + 1].isHan)
            }.map { scalars[$0] })
    }
}
