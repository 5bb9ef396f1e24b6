package import Records

/// What `estimate` prints.
package struct EstimateText {
    private let estimate: PopulationEstimate
    private let language: Language

    private func say(_ en: String, _ zh: String) -> String { Text(en: en, zh: zh)(language) }

    /// - Parameter next: the most useful next command, whole.
    package static func lines(_ estimate: PopulationEstimate, next: String, _ language: Language) -> [String] {
        let text = EstimateText(estimate: estimate, language: language)
        var lines = text.cells() + text.answer() + text.models()
        for strata in estimate.strata { lines += text.strata(strata) }
        lines += ["", text.say("What this rests on", "估计所依据的假定")]
        for assumption in Assumption.all(of: estimate) {
            lines += wrapped(
                "\(assumption.title(language))\(text.say(": ", "："))\(assumption.words(language))", width: 78
            )
            .enumerated().map { ($0.offset == 0 ? "  " : "    ") + $0.element }
        }
        return lines + ["", text.say("Next", "下一步") + "  " + next.singleLine]
    }

    private func name(_ cell: Int) -> String {
        let on = estimate.lists.indices.filter { cell >> $0 & 1 == 1 }.map { estimate.lists[$0].singleLine }
        if on.count == estimate.lists.count { return say("on all lists", "各名单都有") + joined(on) }
        return on.count == 1 ? say("only \(on[0])", "仅 \(on[0])") : on.joined(separator: " + ")
    }

    private func joined(_ names: [String]) -> String { say(" (", "（") + names.joined(separator: " + ") + say(")", "）") }

    private func cells() -> [String] {
        var table = TextTable([.left, .right])
        for list in estimate.lists.indices { table.add([estimate.lists[list], grouped(estimate.size(of: list))]) }
        let sizes = [say("Persons on each list", "各名单人数")] + table.lines
        var combinations = TextTable([.left, .right])
        for cell in estimate.cells.indices.dropFirst() {
            combinations.add([name(cell), grouped(estimate.cells[cell])])
        }
        combinations.add([say("on any list", "合计（至少一份名单）"), grouped(estimate.listed)])
        return sizes + ["", say("Persons by the lists they are on", "按所在名单组合")] + combinations.lines
    }

    private func whole(_ number: Double) -> String { grouped(Int(max(-9e15, min(9e15, number)).rounded())) }

    private func range(_ interval: PopulationEstimate.Interval) -> String {
        say(
            "\(whole(interval.lower)) to \(whole(interval.upper))",
            "\(whole(interval.lower)) 至 \(whole(interval.upper))")
    }

    private func answer() -> [String] {
        let best = estimate.result.best
        let missing = max(0, best.value - Double(estimate.listed))
        var table = TextTable([.left, .right, .left, .right])
        table.add([
            say("", ""), say("persons", "人数"), say("95 % interval", "95% 区间"), say("standard error", "标准误"),
        ])
        let linked = estimate.result.linked
        table.add([
            say("links as they are", "按现有匹配结果"), whole(linked.value), range(linked), decimal(linked.standardError, 1),
        ])
        if let corrected = estimate.result.corrected {
            table.add([
                say("links corrected", "校正匹配误差后"), whole(corrected.value), range(corrected),
                decimal(corrected.standardError, 1),
            ])
        }
        return [
            "",
            say(
                "About \(whole(best.value)) persons in all, from \(range(best)) in 95 of 100 cases;",
                "估计共约 \(whole(best.value)) 人，95% 区间为 \(range(best))；"),
            say(
                "about \(whole(missing)) more than are on any list.",
                "比各名单合计多约 \(whole(missing)) 人。"),
        ] + table.lines
    }

    private func dependence(_ model: PopulationEstimate.Model) -> String {
        if model.interactions.isEmpty { return say("none (independent)", "无（相互独立）") }
        return model.interactions.map { pair in
            pair.map { estimate.lists[$0].singleLine }.joined(separator: "–")
        }.joined(separator: ", ")
    }

    private func models() -> [String] {
        let models = estimate.result.models
        if models.isEmpty { return [] }
        var table = TextTable([.left, .right, .right, .right, .right, .right])
        table.add([
            say("lists that depend on each other", "相互依赖的名单"), "G²", say("df", "自由度"), "BIC", say("weight", "权重"),
            say("persons", "人数"),
        ])
        for model in models {
            table.add([
                (model.isChosen ? "* " : "  ") + clipped(dependence(model), columns: 36), decimal(model.deviance, 1),
                String(model.freedom), decimal(model.bic, 1), decimal(model.weight, 3), whole(model.estimate.value),
            ])
        }
        return ["", say("Log-linear models (* chosen: the smallest BIC)", "对数线性模型（* 为选用：BIC 最小）")] + table.lines
    }

    private func strata(_ strata: PopulationEstimate.Strata) -> [String] {
        var table = TextTable([.left, .left, .right, .right, .left])
        table.add([
            strata.field, "", say("listed", "在册"), say("persons", "人数"), say("95 % interval", "95% 区间"),
        ])
        for row in strata.rows {
            table.add([
                row.name.isEmpty ? say("not known", "不详") : row.name, clipped(row.label, columns: 24),
                grouped(row.listed), whole(row.estimate.value), range(row.estimate),
            ])
        }
        if strata.restCount > 0 {
            table.add([
                say("\(strata.restCount) others", "其余 \(strata.restCount) 项"), "", grouped(strata.restListed),
                strata.rest.map { whole($0.value) } ?? "–",
                strata.rest.map(range) ?? say("overlap under 10", "重合不足 10 人"),
            ])
        }
        if let total = strata.total {
            table.add([say("together", "合计"), "", grouped(estimate.listed), whole(total.value), range(total)])
        }
        return ["", say("By \(strata.field.singleLine)", "按 \(strata.field.singleLine)")] + table.lines
    }
}

/// Lines of at most so many columns, broken at blanks, or before any wide character.
func wrapped(_ text: String, width: Int) -> [String] {
    var pieces: [String] = []
    for character in text {
        let isWide = displayWidth(String(character)) > 1
        let closes = "，。；：、）”％".contains(character)
        if let last = pieces.last, !last.hasSuffix(" "), !isWide || closes, let end = last.last,
            closes || displayWidth(String(end)) < 2
        {
            pieces[pieces.count - 1].append(character)
        } else {
            pieces.append(String(character))
        }
    }
    var lines: [String] = [""]
    for piece in pieces {
        let bare = piece.hasSuffix(" ") ? String(piece.dropLast()) : piece
        if displayWidth(lines[lines.count - 1] + bare) > width, !lines[lines.count - 1].isEmpty { lines.append("") }
        lines[lines.count - 1] += piece
    }
    return lines.map { line in
        var line = line
        while line.hasSuffix(" ") { line.removeLast() }
        return line
    }
}
