import Foundation
package import Records

/// Which passwords are taken: no rule on kinds of characters and no date by which to change them, but a length, and none
/// that everybody tries first.
package enum PasswordRules {
    package static let least = 8
    package static let advised = 15
    package static let most = 1_000

    package enum Verdict: Sendable, Hashable {
        case good
        /// Taken, and said to be short.
        case short
        case refused(Reason)
    }

    package enum Reason: Sendable, Hashable {
        case tooShort, tooLong, common, containsName
    }

    package static func judge(_ password: String, name: String) -> Verdict {
        let length = password.unicodeScalars.count
        if length < least { return .refused(.tooShort) }
        if password.utf8.count > most { return .refused(.tooLong) }
        let small = password.lowercased()
        if isCommon(small) { return .refused(.common) }
        if length < advised, name.count > 2, small.contains(name.lowercased()) { return .refused(.containsName) }
        return length < advised ? .short : .good
    }

    /// What is left of it without the digits and signs that people put around a word is a word that everybody tries; or it
    /// is a run on the keyboard, or few characters over and over.
    private static func isCommon(_ password: String) -> Bool {
        func core(_ text: String) -> String {
            String(text.drop { !$0.isLetter }.reversed().drop { !$0.isLetter }.reversed())
        }
        func plain(_ text: String) -> String { String(text.map { lookAlikes[$0] ?? $0 }) }
        for text in [password, core(password), plain(core(password)), core(plain(password))] {
            if words.contains(text) { return true }
            // "wangwang", "qingku-qingku": a word twice.
            let letters = text.filter(\.isLetter)
            let half = String(letters.prefix(letters.count / 2))
            if letters.count.isMultiple(of: 2), half + half == letters, words.contains(half) { return true }
        }
        return Set(password).count < 4 || isRun(password) || isDate(password)
    }

    /// Two thirds or more of the steps are to a neighbour: 12345678, qwertyuiop, abcdefgh, 1qaz2wsx.
    private static func isRun(_ password: String) -> Bool {
        let characters = Array(password)
        let steps = zip(characters, characters.dropFirst()).count { a, b in
            a == b || runs.contains { $0.contains(String([a, b])) }
        }
        return steps * 3 >= (characters.count - 1) * 2
    }

    private static let runs: [String] = {
        let rows = [
            "01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop",
            "azertyuiop",
            "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "!@#$%^&*()",
        ]
        return rows + rows.map { String($0.reversed()) }
    }()

    /// 19780412, 12041978, 2026-11-22: digits of a day and nothing else.
    private static func isDate(_ password: String) -> Bool {
        let digits = password.filter(\.isNumber)
        guard digits.count == 8, password.count <= 10, password.allSatisfy({ !$0.isLetter }) else { return false }
        return ["19", "20"].contains(String(digits.prefix(2)))
            || ["19", "20"].contains(String(digits.dropFirst(4).prefix(2)))
    }

    private static let lookAlikes: [Character: Character] = [
        "@": "a", "4": "a", "3": "e", "1": "i", "!": "i", "0": "o", "$": "s", "5": "s", "7": "t",
    ]

    /// Words that are tried first, in English and in Chinese letters: a list of our own, made by rule from a few hundred
    /// bases with the endings above, which is more than the same number of whole passwords.
    private static let words: Set<String> = Set(
        """
        password passwort passwd passw pass word secret letmein welcome login signin logon master admin administrator root
        user username guest test tester testing demo sample example default changeme change temp temporary public private
        system server database oracle mysql postgres sqlserver windows linux ubuntu debian macintosh computer internet network
        office officer registry register registrar census statistics government ministry department bureau district province
        city county village township hukou shenfen shenfenzheng renkou qingku review reviewer approver operator auditor desk
        monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
        october november december spring summer autumn winter today tomorrow yesterday morning evening midnight
        iloveyou loveyou lovely love lover forever baby babygirl princess prince queen king angel devil sunshine rainbow
        flower butterfly dragon tiger monkey panda rabbit horse turtle eagle falcon phoenix wolf shadow ghost hunter ranger
        soccer football baseball basketball hockey tennis golf badminton champion winner superman batman spiderman starwars
        pokemon naruto matrix magic wizard cookie chocolate coffee banana orange apple cherry pepper ginger cheese
        michael jordan jessica jennifer michelle daniel robert thomas william charlie andrew matthew anthony joshua ashley
        amanda nicole george david james john mary peter paul martin maria anna alexander victoria elizabeth richard
        mustang ferrari porsche corvette yamaha harley mercedes toyota honda nissan samsung google facebook twitter youtube
        yahoo hotmail gmail microsoft amazon apple iphone android huawei xiaomi alibaba taobao tencent weixin wechat baidu
        qwerty qwertz azerty qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc wsxedc asdf asdfasdf qweasd qweasdzxc
        abc abcd abcde abcdef aaa aaaa xxx xxxx zzz qqq www com hello hello world helloworld nihao nihaoma woaini woaini
        woaiwojia wodemima mima denglu guanliyuan guanli zhongguo zhonghua beijing shanghai guangzhou shenzhen chengdu wuhan
        tianjin chongqing nanjing hangzhou xian changsha qingdao dalian xiamen china chinese taiwan hongkong
        wang zhang zhao chen yang huang zhou wu xu sun ma zhu hu guo he gao lin luo zheng liang xie song tang deng han feng
        wangwei zhangwei liwei liuwei wangfang zhangmin lina wangxiulan liqiang zhangjing xiaoming xiaohong
        baobei laogong laopo mama baba jiejie gege didi meimei pengyou tongxue laoshi xiaoxin jintian mingtian
        longlong feifei tiantian lele xixi haha hehe xiexie zaijian gongxi facai fuqi jiankang kuaile xingfu pingan
        freedom liberty america england london paris berlin moscow tokyo europe africa australia canada mexico brazil
        trustno trust nothing whatever something anything access enter open sesame opensesame unlock security secure safety
        killer hacker cracker ninja samurai soldier captain general sergeant doctor teacher student school college university
        company business money dollar euro yuan rich lucky fortune gold silver diamond jewel crystal star moon sun sky ocean
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}

extension PasswordRules.Reason {
    package var failure: Failure {
        let (message, advice): (Text, Text) =
            switch self {
            case .tooShort:
                (
                    Text(en: "the password has fewer than 8 characters", zh: "密码少于 8 个字符"),
                    Text(
                        en: "Take at least 8; 15 or more are better, such as four words.",
                        zh: "请至少使用 8 个字符；建议 15 个以上，例如四个词。")
                )
            case .tooLong:
                (
                    Text(en: "the password has more than 1,000 bytes", zh: "密码超过 1,000 字节"),
                    Text(en: "Take a shorter one.", zh: "请使用较短的密码。")
                )
            case .common:
                (
                    Text(en: "the password is one that everybody tries first", zh: "该密码属于最常被尝试的密码"),
                    Text(en: "Take several words that do not belong together.", zh: "请使用几个互不相关的词。")
                )
            case .containsName:
                (
                    Text(en: "the password contains the name of the account", zh: "密码包含用户名"),
                    Text(en: "Take one without it, or a longer one.", zh: "请使用不含用户名的密码，或更长的密码。")
                )
            }
        return Failure(.badInput, code: "E-ACC-003", message, advice: advice)
    }
}
