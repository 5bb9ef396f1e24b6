/// Words made of syllables: the rare names, the cities, the streets.
struct LatinWords {
    enum Ending {
        case given, surname, city

        /// The empty ending comes with the others.
        fileprivate var texts: [Bytes] {
            let list =
                switch self {
                case .given: "a ie y o an en el ia ette ine us is"
                case .surname:
                    "son ton er man ley field wood ford well berg ski ez ini ard ins low by worth"
                case .city:
                    "ton ville burgh port ford field dale ham bury mouth wood beach park haven bridge"
                }
            return [[]] + NameStock.words(list)
        }
    }

    private static let single = NameStock.words("b c d f g h j k l m n p r s t v w")
    private static let onsets =
        single + single + single + NameStock.words("br cr dr fr gr pr tr bl cl fl pl st sp sh ch th")
    private static let plain = NameStock.words("a e i o u")
    private static let vowels = plain + plain + plain + plain + NameStock.words("ai ea ee ie oo ou y")
    /// Mostly none.
    private static let codas =
        Array(repeating: Bytes(), count: 25)
        + NameStock.words("n r l s t d m n r l s ck ng nd nt rt st ll")

    /// `count` different words of 3 to 14 letters, those of `first` in front.
    static func make(
        _ count: Int, ending: Ending, first: [Bytes] = [], _ generator: inout SeededGenerator
    ) -> [Bytes] {
        var words = first
        var seen = Set(first)
        let endings = ending.texts
        while words.count < count {
            var word: Bytes = []
            for _ in 0..<(1 + generator.index(2)) {
                word += generator.pick(onsets)
                word += generator.pick(vowels)
                word += generator.pick(codas)
            }
            word += generator.pick(endings)
            if (3...14).contains(word.count), seen.insert(word).inserted { words.append(word) }
        }
        return words
    }
}
