package import Records

/// Levels of comparators and classes of the model in words. Files name them by their English words, which are their ids.
package enum LevelWords {
    /// A level this table does not know keeps its id.
    package static func title(_ level: String, _ language: Language) -> String {
        switch language {
        case .english: level == "else" ? "different" : level
        case .chinese: chinese[level] ?? level
        }
    }

    /// The same for sentences: what is known of how common a value is stands apart there.
    package static func words(_ level: String, _ language: Language) -> String {
        level.hasPrefix("exact") ? Text(en: "equal", zh: "相同")(language) : title(level, language)
    }

    /// Classes of different persons are named after the blocking key that brought their pairs together:
    /// `namesake: surname + city`.
    package static func title(ofClass name: String, _ language: Language) -> String {
        ModelSummary.Class.title(name)(language)
    }

    private static let chinese: [String: String] = [
        "missing": "缺失", "else": "不同", "exact": "相同", "equal": "相同", "exact, rare": "相同（少见值）",
        "exact, common": "相同（常见值）",
        "same": "相同", "same name": "同名",
        "same year": "同年", "two parts equal": "两项相同", "one digit off or exchanged": "一位之差或月日互换",
        "somewhat alike": "有些相近", "alike": "相近", "initial": "首字母相同", "nickname or part": "昵称或多名之一",
        "nearly equal": "几乎相同", "exchanged": "姓名互换", "same sound or part": "同音或复姓之一",
        "same division and birth date": "同地同日出生", "two digits off": "两位之差", "one digit off": "一位之差",
        "two characters off": "两字之差", "one character off": "一字之差",
        "same province": "同省", "same prefecture": "同市", "same county": "同县", "same township": "同乡镇",
        "same road or village": "同路或同村", "same road": "同路", "same village": "同村", "same building": "同楼",
        "same door": "同门牌",
        "surname only": "仅姓相同", "given name only": "仅名相同", "partly equal": "部分相同",
        "one character different": "一字不同", "look-alike": "形近", "similar sound": "近音", "same sound": "同音不同调",
        "same sound and tone": "同音同调", "romanised": "拼音与汉字", "variant form": "异体或繁体",
    ]
}
