import Records

/// What has to hold for an estimate to be right, in words for the people who use the number.
struct Assumption {
    let title: Text
    let words: Text

    static func all(of estimate: PopulationEstimate) -> [Assumption] {
        [closed, independence(estimate.lists.count), equalChance, membership, linkage(estimate), method(estimate)]
    }

    private static let closed = Assumption(
        title: Text(en: "Closed population", zh: "人群封闭"),
        words: Text(
            en: "nobody was born, died or moved between the days the lists describe.",
            zh: "各名单所述日期之间，没有人出生、死亡或迁移。"))

    private static func independence(_ lists: Int) -> Assumption {
        Assumption(
            title: Text(en: "Independence", zh: "名单独立"),
            words: lists == 2
                ? Text(
                    en:
                        "being on one list does not change the chance of being on the other. If one office refers persons to the other, there are more persons than this; if each serves those the other does not, fewer.",
                    zh: "在一份名单上，不影响是否在另一份名单上。若一方向另一方转介，实际人数更多；若双方服务的是不同人群，则更少。")
                : Text(
                    en:
                        "two lists may depend on each other as the chosen model says; a dependence of all three at once cannot be seen from three lists and is taken as none.",
                    zh: "两份名单之间可按所选模型相互依赖；三份名单共同的依赖无法由三份名单看出，视为没有。"))
    }

    private static let equalChance = Assumption(
        title: Text(en: "Equal chances", zh: "机会均等"),
        words: Text(
            en:
                "on each list, every person has the same chance to be on it. Persons whom no office can reach are not counted. Parts that differ (--by, --year) are better estimated apart.",
            zh: "就每份名单而言，每个人被登记的机会相同。任何单位都接触不到的人不在估计之内。差异大的部分宜分开估计（--by、--year）。"))

    private static let membership = Assumption(
        title: Text(en: "Only members", zh: "名单无误列"),
        words: Text(
            en: "everybody on a list belongs to the population that is counted.", zh: "名单上的人都属于所要估计的人群。"))

    private static func linkage(_ estimate: PopulationEstimate) -> Assumption {
        let title = Text(en: "Perfect links up to the correction", zh: "匹配准确（校正之后）")
        guard let linkage = estimate.linkage, estimate.result.corrected != nil else {
            return Assumption(
                title: Text(en: "Perfect links", zh: "匹配准确"),
                words: Text(
                    en:
                        "every two records of one person are linked, and no others. The run does not say how far that is so; --precision and --recall do.",
                    zh: "同一人的记录全部匹配，不同人的记录都未匹配。该次运行没有给出匹配误差，可用 --precision 和 --recall 指定。"))
        }
        func percent(_ share: Double, _ margin: Double) -> String {
            decimal(share * 100, 1) + (margin > 0 ? " ± " + decimal(margin * 100, 1) : "") + " %"
        }
        let right = percent(linkage.precision, linkage.precisionMargin)
        let found = percent(linkage.recall, linkage.recallMargin)
        let whose =
            linkage.isGiven
            ? Text(en: "as given", zh: "按给定值") : Text(en: "as the run's model expects", zh: "按该次运行的模型估计")
        return Assumption(
            title: title,
            words: Text(
                en:
                    "\(right) of the links are right and \(found) of the matches are linked, \(whose.en); wrong and missed links fall on persons by chance (Ding & Fienberg 1994; Di Consiglio & Tuoto 2015).",
                zh:
                    "匹配中 \(right) 正确，同一人中 \(found) 已匹配（\(whose.zh)）；误配和漏配随机发生（Ding 与 Fienberg 1994；Di Consiglio 与 Tuoto 2015）。"
            ))
    }

    private static func method(_ estimate: PopulationEstimate) -> Assumption {
        Assumption(
            title: Text(en: "Method", zh: "方法"),
            words: estimate.lists.count == 2
                ? Text(
                    en:
                        "Chapman's estimator with Seber's variance; interval normal from 200 shared persons on, else log-normal (Chao 1987).",
                    zh: "Chapman 估计量，Seber 方差；重合 200 人及以上用正态区间，否则用对数正态区间（Chao 1987）。")
                : Text(
                    en:
                        "log-linear model with the smallest BIC (Fienberg 1972); variance by the delta method with the uncertainty of the choice (Burnham & Anderson 2002), interval log-normal (Chao 1987).",
                    zh:
                        "BIC 最小的对数线性模型（Fienberg 1972）；方差用 delta 法并计入模型选择的不确定性（Burnham 与 Anderson 2002），对数正态区间（Chao 1987）。"
                ))
    }
}
