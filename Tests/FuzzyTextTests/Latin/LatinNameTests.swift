import FuzzyText
import Testing

struct LatinNameTests {
    @Test(
        "Folding gives lower-case ASCII words",
        arguments: [
            "José": "jose", "MÜLLER": "muller", "Groß": "gross", "Łukasz": "lukasz", "Søren": "soren", "Ærø": "aero",
            "Þór": "thor",
            "Đặng Văn": "dang van", "O’Brien": "obrien", "O'Brien": "obrien", "Smith-Jones": "smith jones",
            "  de  la Cruz ": "de la cruz",
            "e\u{301}": "e", "İstanbul": "istanbul", "ısparta": "isparta", "St. John": "st john",
            "Ĳsselmeer": "ijsselmeer",
            "Иван": "иван", "王": "王", "": "", "--": "", "Dvořák": "dvorak", "Nuñez": "nunez", "Ţepeş": "tepes",
            "ﬁnn": "finn",
            "Henry 8": "henry 8",
        ])
    func fold(text: String, folded: String) {
        #expect(LatinName.fold(text) == folded)
    }

    @Test("Folding twice changes nothing more", arguments: ["José Ángel", "O’Brien-Łódź", "ẞ", "Ǆ", "İ"])
    func foldTwice(text: String) {
        let once = LatinName.fold(text)
        #expect(LatinName.fold(once) == once)
    }

    @Test(
        "Forms of one given name are recognised",
        arguments: [
            ("robert", "bob"), ("bob", "rob"), ("bobby", "robbie"), ("elizabeth", "liz"), ("william", "bill"),
            ("margaret", "peggy"),
            ("alexander", "sandy"), ("alexander", "sasha"), ("jose", "pepe"), ("francisco", "paco"),
            ("johannes", "hans"),
            ("catherine", "kate"), ("katherine", "kathy"), ("ivan", "john"), ("mikhail", "misha"), ("anna", "anna"),
            ("xyz", "xyz"),
        ])
    func sameNickname(a: String, b: String) {
        #expect(LatinName.sameNickname(a, b))
        #expect(LatinName.sameNickname(b, a))
    }

    @Test(
        "Other given names are not",
        arguments: [("robert", "john"), ("bob", "bill"), ("mary", "susan"), ("", "bob"), ("xyz", "abc")])
    func otherNames(a: String, b: String) {
        #expect(!LatinName.sameNickname(a, b))
    }

    @Test(
        "Every short form has one full form",
        arguments: [
            "bob": "robert", "robert": "robert", "bill": "william", "bert": "robert", "liz": "elizabeth",
            "peggy": "margaret", "jack": "john",
            "sandy": "alexander", "hans": "hans", "mark": "mark",
        ])
    func canonicalGiven(name: String, full: String) {
        #expect(LatinName.canonicalGiven(name) == full)
    }

    @Test("An unlisted name has no full form")
    func unlisted() {
        #expect(LatinName.canonicalGiven("xyzzy") == nil)
    }

    @Test(
        "Surnames that sound alike share their phonetic key",
        arguments: [
            ["Smith", "Smyth", "Smithe"], ["Schmidt", "Schmitt", "Schmid", "Shmit"],
            ["Philips", "Phillips", "Filips", "Fillips"],
            ["Meier", "Meyer", "Maier", "Mayer"], ["Clark", "Clarke", "Klark"], ["Becker", "Beker", "Bekker"],
            ["Hoffmann", "Hofmann", "Hoffman", "Hofman"], ["Wagner", "Vagner"], ["Stephens", "Stevens"],
            ["Thompson", "Tompson"],
            ["Johnson", "Jonson"], ["Schulz", "Schultz", "Shultz"], ["Nielsen", "Nilsen"], ["Catherine", "Katherine"],
            ["Kowalski", "Kovalski", "Kowalsky"], ["Müller", "Mueller", "Muller"], ["Jansen", "Janssen"],
            ["Yohnson", "Johnson"],
            ["Leigh", "Lee", "Li"], ["Knight", "Nite"], ["Wright", "Rite"], ["Cohen", "Kohen", "Koen"],
        ] as [[String]])
    func phoneticKey(names: [String]) {
        #expect(Set(names.map { LatinName.phoneticKey($0) }).count == 1, "\(names.map { LatinName.phoneticKey($0) })")
    }

    @Test(
        "Surnames that sound unlike do not",
        arguments: [("Smith", "Jones"), ("Miller", "Muller-Lang"), ("Brown", "Green"), ("Wang", "Zhang")])
    func phoneticallyUnlike(a: String, b: String) {
        #expect(LatinName.phoneticKey(a) != LatinName.phoneticKey(b))
    }
}
