import Foundation
import Records

extension NormalizationStep {
    /// Control characters, zero-width and bidirectional marks, variation selectors, the byte order mark and tags. Tabs and
    /// line ends are blanks and stay for `blanks`.
    package static let controls = NormalizationStep(
        "controls",
        Text(
            en: "Removes characters that cannot be seen: controls, zero-width and direction marks.",
            zh: "去掉看不见的字符：控制符、零宽字符和方向标记。")
    ) { text in
        text.dropping { scalar in
            switch scalar.value {
            case 0x09...0x0D, 0x85: false
            case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x034F, 0x061C, 0x180B...0x180F, 0x200B...0x200F, 0x202A...0x202E,
                0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF, 0xFFF9...0xFFFB, 0xE_0000...0xE_0FFF:
                true
            default: false
            }
        }
    }

    /// U+FF01-FF5E to ASCII, and the wide currency and bar signs. The ideographic blank is left for `blanks`.
    package static let fullWidth = NormalizationStep(
        "full-width",
        Text(
            en: "Writes full-width letters, digits and marks as plain ones.", zh: "全角字母、数字和符号改为半角。")
    ) { text in
        guard text.unicodeScalars.contains(where: { (0xFF01...0xFF5E).contains($0.value) }) else { return text }
        return String(
            scalars: text.unicodeScalars.lazy.map { scalar in
                guard (0xFF01...0xFF5E).contains(scalar.value) else { return scalar }
                return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
            })
    }

    /// Unicode NFKC. Compatibility ideographs (U+F900-FAFF) become the unified character they duplicate: Unicode holds the
    /// two canonically equivalent, so no form could keep them apart safely. The cell as written stays in its source table.
    package static let compatibility = NormalizationStep(
        "compatibility",
        Text(
            en: "Gives every character its one standard form (Unicode NFKC).",
            zh: "把每个字符统一为标准形式（Unicode NFKC）。")
    ) { text in
        text.unicodeScalars.allSatisfy(isStable) ? text : text.precomposedStringWithCompatibilityMapping
    }

    /// Scalars that NFKC leaves alone, whatever stands beside them: most texts need no more than this look.
    private static func isStable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x7F, 0xB7, 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x3001...0x3011, 0x2_0000...0x2_F7FF: true
        default: false
        }
    }

    /// Blanks of any kind and length become one plain blank; none at either end.
    package static let blanks = NormalizationStep(
        "blanks",
        Text(en: "Leaves single plain blanks, none at the ends.", zh: "空白统一为单个半角空格，去掉首尾空白。")
    ) { text in
        var view = String.UnicodeScalarView()
        var isPending = false
        for scalar in text.unicodeScalars {
            if scalar.isBlank {
                isPending = !view.isEmpty
            } else {
                if isPending { view.append(" ") }
                isPending = false
                view.append(scalar)
            }
        }
        return String(view)
    }

    /// The apostrophe by which spreadsheets keep a number as text, `="…"` of their exports, and quotes around the value.
    package static let quotes = NormalizationStep(
        "quotes",
        Text(
            en: "Removes quotes around the value and a spreadsheet's leading apostrophe.",
            zh: "去掉包住数值的引号和表格软件加在前面的撇号。")
    ) { text in
        var scalars = Array(text.unicodeScalars)[...]
        if scalars.first == "=", scalars.dropFirst().first == "\"", scalars.last == "\"" { scalars.removeFirst() }
        while let first = scalars.first, isQuote(first) { scalars.removeFirst() }
        while let last = scalars.last, isQuote(last) { scalars.removeLast() }
        return String(scalars: scalars.trimmingBlanks)
    }

    /// For free texts, whose own quotes stay.
    package static let guardMark = NormalizationStep(
        "guard",
        Text(
            en: "Removes the apostrophe before what a spreadsheet would run or change ('=1+1, '012).",
            zh: "去掉防止电子表格执行或改动内容而加在前面的撇号（'=1+1、'012）。")
    ) { $0.withoutGuard }

    private static func isQuote(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "'", "\"", "`", "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}", "\u{B4}": true
        default: false
        }
    }

    /// `13800138000.0`: a whole number that passed through a spreadsheet or a data frame as a decimal.
    package static let spreadsheetNumber = NormalizationStep(
        "spreadsheet-number",
        Text(en: "Removes the .0 that spreadsheets add to whole numbers.", zh: "去掉表格软件给整数加上的 .0。")
    ) { text in
        guard text.hasSuffix(".0"), String(text.dropLast(2)).isAllDigits else { return text }
        return String(text.dropLast(2))
    }

    package static let lowerCase = NormalizationStep(
        "lower-case", Text(en: "Writes letters in lower case.", zh: "字母改为小写。")
    ) { $0.folded }
}
