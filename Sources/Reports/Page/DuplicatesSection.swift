import Records

extension Page {
    /// How duplicates were found: groups, scored pairs against the two lines, keys, and what the evidence weighs.
    func duplicates() -> Markup {
        guard let matching = facts.matching else { return "" }
        let lead = say(
            "Of \(matching.model.candidatePairs) pairs of records that share a blocking key, <b>\(matching.pairs(.merged))</b> were merged by score and <b>\(matching.pairs(.review))</b> wait for a decision.",
            "在 \(matching.model.candidatePairs) 对有共同分组键的记录中，<b>\(matching.pairs(.merged))</b> 对依评分合并，<b>\(matching.pairs(.review))</b> 对等待判定。"
        )
        let basis =
            matching.model.isContinued
            ? say(
                " The model, the keys and the number of pairs are those of the run that fitted the model; since then only new and changed records are compared.",
                "模型、分组键及记录对数均来自拟合该模型的那次运行；此后只比较新增和有变化的记录。") : Markup()
        return section(
            "duplicates", say("Duplicates", "重复记录"), lead + basis,
            expectation(matching) + outcomes(matching) + histogram(matching) + lineCosts(matching)
                + reviewExamples(matching) + groupSizes()
                + blocking(matching) + weights(matching))
    }

    private func expectation(_ matching: MatchingFacts) -> Markup {
        let model = matching.model
        guard let right = model.expectedPrecision, let found = model.expectedRecall else { return Markup() }
        let precision = decimal(right.value * 100, 2) + " ± " + decimal(right.margin * 100, 2) + "%"
        let recall = decimal(found.value * 100, 1) + " ± " + decimal(found.margin * 100, 1) + "%"
        let wrong = decimal((1 - right.value) * 1000, 1)
        let calibrated =
            model.calibration.map { calibration in
                say(
                    " Calibrated with \(calibration.decisions) decisions.", "已按 \(calibration.decisions) 对判定校准。")
            } ?? Markup()
        return """
            <dl class="terms"><div><dt>\(precision)</dt><dd>\(say("expected precision: about \(wrong) of 1,000 pairs over the merge line are not one person", "预期查准率：合并线以上每 1,000 对中约 \(wrong) 对不是同一人"))</dd></div>
            <div><dt>\(recall)</dt><dd>\(say("expected recall: of the true matches among the compared pairs, those over the merge line", "预期查全率：所比较的记录对里真正的同一人中，位于合并线以上的比例"))</dd></div></dl>
            <p class="note">\(say("Both are the model’s own estimates. A sample of decided pairs tells how far to trust them.", "两者均为模型自身的估计，其可信程度应以抽样判定的结果检验。"))\(calibrated)\(model.converged ? Markup() : say(" The model did not settle within \(model.iterations) rounds.", "模型在 \(model.iterations) 轮内未收敛。"))</p>

            """
    }

    private func outcomes(_ matching: MatchingFacts) -> Markup {
        let words: [ScoredPair.Outcome: Markup] = [
            .merged: say("merged by score", "依评分合并"), .review: say("waiting for a decision", "等待判定"),
            .decidedSame: say("merged because somebody decided so", "经人工判定合并"),
            .decidedDifferent: say("kept apart by a decision", "经人工判定分开"),
            .heldApart: say("held apart by a rule", "因规则保持分开"),
        ]
        let items = matching.outcomes.filter { $0.pairs > 0 }.map { count -> Markup in
            "<li><i class=\"o-\(count.outcome.rawValue)\"></i>\(words[count.outcome] ?? "") <b>\(count.pairs)</b></li>"
        }
        return "<ul class=\"legend\">\(items)</ul>\n"
    }

    /// What other lines would cost, so that an office can choose its own.
    private func lineCosts(_ matching: MatchingFacts) -> Markup {
        if matching.model.lines.isEmpty { return "" }
        let rows = matching.model.lines.map { cost -> Markup in
            let chosen: Markup = cost.isChosen ? say(" (this run)", "（本次）") : ""
            return """
                <tr>\(rowHead("\(probabilityText(cost.line))" + chosen))\(tdNumber("\(decimal(cost.falseMergesPer1000, 2))"))\(tdNumber("\(decimal(cost.missedMatches, 0))"))\(tdNumber("\(cost.pairsToReview)"))\(tdNumber("\(decimal(cost.reviewHours, 1))"))</tr>
                """
        }
        return table(
            say("What a merge line costs, as the model expects it", "不同合并线的代价（模型估计）"),
            head: [
                th(say("Merged from", "合并线")), thNumber(say("False merges per 1,000 persons", "每千人错误合并")),
                thNumber(say("Matches below the line", "线下的真实匹配")), thNumber(say("Pairs to decide", "待判定记录对")),
                thNumber(say("Hours", "小时")),
            ], rows: rows, kind: "lines")
    }

    private func reviewExamples(_ matching: MatchingFacts) -> Markup {
        if matching.toReview.isEmpty { return "" }
        let rows = matching.toReview.map { pair -> Markup in
            let levels = pair.levels.map { level -> Markup in
                let sign: Markup = level.weight > 0.05 ? "for" : level.weight < -0.05 ? "against" : "neutral"
                return
                    "<span class=\"ev \(sign)\">\(fieldName(level.field)) \(LevelWords.title(level.level, language)) <b>\(signed(level.weight))</b></span>"
            }
            return """
                <tr><th scope="row">\(recordName(pair.a))<br>\(recordName(pair.b))</th>\(tdNumber("\(decimal(pair.probability, 3))"))\(tdNumber("\(signed(pair.weight))"))<td class="evidence">\(levels.joined(" "))</td></tr>
                """
        }
        return table(
            say("Pairs to decide, the most uncertain first", "待判定的记录对（最不确定的在前）"),
            head: [
                th(say("Records", "记录")), thNumber(say("Probability", "概率")), thNumber(say("Weight", "权重")),
                th(say("Evidence", "证据")),
            ], rows: rows, kind: "pairs")
    }

    private func recordName(_ key: RecordKey) -> Markup {
        "<span class=\"record\">\(data: key.source) \(data: key.recordID)</span>"
    }

    private func groupSizes() -> Markup {
        let most = facts.groups.map(\.persons).max() ?? 1
        let rows = facts.groups.map { group -> Markup in
            let width = Double(group.persons) / Double(max(1, most)) * 100
            return """
                <tr>\(rowHead(say("\(group.size) \(plural(group.size, "record", "records"))", "\(group.size) 条")))\(tdNumber("\(group.persons)"))<td class="wide"><svg width="100%" height="10" aria-hidden="true"><rect class="level" width="\(number: width)%" height="10"/></svg></td></tr>
                """
        }
        return table(
            say("Persons by number of records", "按记录条数统计人员"),
            head: [th(say("Records of one person", "每人记录数")), thNumber(say("Persons", "人数")), "<td></td>"], rows: rows,
            kind: "groups")
    }

    private func blocking(_ matching: MatchingFacts) -> Markup {
        let most = matching.blocking.map(\.newPairs).max() ?? 1
        let rows = matching.blocking.map { key -> Markup in
            let width = Double(key.newPairs) / Double(max(1, most)) * 100
            let leftOut: Markup = key.isLeftOut ? say(" (left out: too many pairs)", "（记录对过多，未使用）") : ""
            return """
                <tr>\(rowHead(code(key.key) + leftOut))\(tdNumber("\(key.pairs)"))\(tdNumber("\(key.newPairs)"))<td class="wide"><svg width="100%" height="10" aria-hidden="true"><rect class="level" width="\(number: width)%" height="10"/></svg></td>\(tdNumber("\(key.largestBlock)"))</tr>
                """
        }
        return table(
            say("Blocking keys: which pairs were compared at all", "分组键：哪些记录对被拿来比较"),
            head: [
                th(say("Key", "分组键")), thNumber(say("Pairs", "记录对")), thNumber(say("New pairs", "新增记录对")), "<td></td>",
                thNumber(say("Largest block", "最大分组")),
            ], rows: rows, kind: "blocking")
    }

    func signed(_ weight: Double) -> String {
        let text = decimal(weight, 1)
        if text.hasPrefix("-") { return "−" + text.dropFirst() }
        return text == "0.0" ? text : "+" + text
    }
}
