import Records

/// What became of findings, in words; the page, the closing summary and lists say the same.
enum LedgerWords {
    /// In the order of reading; waivers that ended only where some did.
    static func all(_ changes: LedgerChanges) -> [(count: Int, text: Text)] {
        var words: [(Int, Text)] = [
            (changes.new, Text(en: "new", zh: "新增")),
            (changes.returned, Text(en: "returned", zh: "复现")),
            (changes.open, Text(en: "still open", zh: "仍未处理")),
            (changes.waived, Text(en: "waived", zh: "已豁免")),
            (changes.healed, Text(en: "healed", zh: "已消除")),
        ]
        if changes.vanished > 0 {
            words.append((changes.vanished, Text(en: "gone with their records", zh: "随记录移除")))
        }
        if changes.lapsed > 0 {
            words.append(
                (
                    changes.lapsed,
                    Text(
                        en: (changes.lapsed == 1 ? "waiver" : "waivers") + " lapsed: the value has changed",
                        zh: "豁免因值变化而失效")
                ))
        }
        if changes.expired > 0 {
            words.append(
                (changes.expired, Text(en: changes.expired == 1 ? "waiver ran out" : "waivers ran out", zh: "豁免到期")))
        }
        return words
    }
}
