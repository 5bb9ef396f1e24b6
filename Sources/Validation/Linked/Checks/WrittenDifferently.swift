import Records

extension Check {
    /// The name in other characters than in a linked record, and the same name: traditional or variant forms, or pinyin.
    static let writtenDifferently = Check(
        Finding.writtenDifferently, .error, .info,
        title: Text(en: "The same name in another form", zh: "同一姓名写法不同"),
        search: .linked { facts, linked in
            linked.verdicts.filter { $0.outcome == .writtenDifferently }.map { ($0.row, $0.hit(facts)) }
        },
        tell: { finding, view, say in
            let (left, right) = Wording.bothSides(finding, view, say)
            return say(
                en: "\(left), and \(right): the same name in another form; agree on that of the identity papers",
                zh: "\(left)，而\(right)：同一姓名写法不同；请以证件用字为准")
        })
}
