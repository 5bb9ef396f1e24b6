/// The syllables of standard Chinese in pinyin, without tones, by number.
struct Syllables: Sendable {
    static let shared = Syllables()

    /// Readings from here on belong to single characters without a known reading.
    static let pseudo: UInt16 = 0x1000

    private let texts: [String]
    private let numbers: [String: UInt16]
    private let mergedTexts: [String]
    /// Per syllable the number of its merged form.
    private let mergedNumbers: [UInt16]

    private init() {
        texts = Self.list.split(separator: " ").map(String.init).sorted()
        var numbers: [String: UInt16] = [:]
        for (index, text) in texts.enumerated() { numbers[text] = UInt16(index) }
        self.numbers = numbers
        let merged = texts.map(Self.merged)
        mergedTexts = Set(merged).sorted()
        var mergedByText: [String: UInt16] = [:]
        for (index, text) in mergedTexts.enumerated() { mergedByText[text] = UInt16(index) }
        mergedNumbers = merged.map { mergedByText[$0] ?? 0 }
    }

    func number(_ text: some StringProtocol) -> UInt16? {
        numbers[String(text)]
    }

    /// Every syllable with its number, in alphabetical order.
    var all: [(String, UInt16)] { texts.indices.map { (texts[$0], UInt16($0)) } }

    func text(_ number: UInt16) -> String {
        number < texts.count ? texts[Int(number)] : ""
    }

    func mergedText(_ number: UInt16) -> String {
        number < mergedTexts.count ? mergedTexts[Int(number)] : ""
    }

    /// `zhang1`; `nil` when there is no such syllable or the tone is not 1 to 5.
    func reading(_ text: some StringProtocol) -> Reading? {
        guard let tone = text.last?.wholeNumberValue, (1...5).contains(tone), let number = number(text.dropLast())
        else { return nil }
        return reading(number, tone: UInt16(tone))
    }

    func reading(_ number: UInt16, tone: UInt16) -> Reading {
        Reading(syllable: number << 3 | tone, toneless: number, confusable: mergedNumbers[Int(number)])
    }

    /// A reading for a character that has none: shared by few others, none of them near.
    static func pseudoReading(_ scalar: UInt32) -> Reading {
        let number = pseudo + UInt16(scalar % (0x1_0000 - UInt32(pseudo)))
        return Reading(syllable: number, toneless: number, confusable: number)
    }

    /// One form for syllables that southern and south-western speakers, and clerks who write by ear, mix up:
    /// zh z, ch c, sh s; n l r; hu- f-; -ang -an, -eng -en, -ing -in.
    static func merged(_ syllable: String) -> String {
        var text = Substring(syllable)
        for (from, to) in [("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("r", "l")] where text.hasPrefix(from) {
            text = to + text.dropFirst(from.count)
            break
        }
        // 湖 and 福, 黄 and 方, 惠 and 肥: the f of these dialects stands for h before u.
        if text == "hu" {
            text = "fu"
        } else if text.hasPrefix("hu") {
            let rest = text.dropFirst(2)
            text = "f" + (rest == "i" ? "ei" : rest == "n" ? "en" : rest)
        }
        for final in ["ang", "eng", "ing"] where text.hasSuffix(final) { text = text.dropLast() }
        return String(text)
    }

    private static let list = """
        a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao \
        ce cei cen ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang \
        chui chun chuo ci cong cou cu cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao \
        die ding diu dong dou du duan dui dun duo e ei en eng er fa fan fang fei fen feng fo fou fu ga gai \
        gan gang gao ge gei gen geng gong gou gu gua guai guan guang gui gun guo ha hai han hang hao he hei \
        hen heng hong hou hu hua huai huan huang hui hun huo ji jia jian jiang jiao jie jin jing jiong jiu \
        ju juan jue jun ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo la \
        lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo lv \
        lve m ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu n na nai nan nang \
        nao ne nei nen neng ni nia nian niang niao nie nin ning niu nong nou nu nuan nun nuo nv nve o ou pa \
        pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang qiao qie qin \
        qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou ru rua ruan rui run ruo sa sai \
        san sang sao se sen seng sha shai shan shang shao she shei shen sheng shi shou shu shua shuai shuan \
        shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te teng ti tian tiao tie \
        ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang xiao xie xin \
        xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan \
        zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai \
        zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo
        """
}
