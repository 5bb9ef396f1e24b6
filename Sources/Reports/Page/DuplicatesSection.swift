import Records

extension Page {
    /// How duplicates were found: scored pairs against the two lines, keys, and what the evidence weighs.
    func duplicates() -> (id: Markup, title: Text, body: Markup)? {
        guard let matching = facts.matching else { return nil }
        return part("duplicates") { tables in
            shown(tables["outcomes"], kind: "groups") + shown(tables["expectation"]) + fit(matching)
                + histogram(matching) + folded(tables["histogram"]) + thresholdChart(matching)
                + folded(tables["thresholds"]) + shown(tables["lines"], kind: "lines")
                + reviewExamples(matching) + (matching.toReview.first.map(waterfall) ?? "")
                + shown(tables["blocking"], kind: "blocking") + weightBars(matching) + levelChart(matching)
                + folded(tables["levels"]) + folded(tables["classes"]) + sensitive()
        }
    }

    private func fit(_ matching: MatchingFacts) -> Markup {
        let model = matching.model
        let calibrated =
            model.calibration.map { calibration in
                say("Calibrated with \(calibration.decisions) decisions. ", "已按 \(calibration.decisions) 对判定校准。")
            } ?? Markup()
        let settled =
            model.converged
            ? Markup()
            : say("The model did not settle within \(model.iterations) rounds.", "模型在 \(model.iterations) 轮内未收敛。")
        let basis =
            model.isContinued
            ? say(
                "The model, the keys and the number of pairs are those of the run that fitted the model; since then only new and changed records are compared.",
                "模型、分组键及记录对数均来自拟合该模型的那次运行；此后只比较新增和有变化的记录。") : Markup()
        let told = calibrated + settled + basis
        return told.html.isEmpty ? "" : "<p class=\"note\">\(told)</p>\n"
    }

    private func sensitive() -> Markup {
        if facts.sensitiveFeatures.isEmpty { return "" }
        let features = facts.sensitiveFeatures.map { feature -> Markup in
            "<div><dt>\(fieldName(feature.field))</dt><dd>\(say("a sensitive field, compared because", "敏感字段，参与比较的理由")): \(data: feature.reason)</dd></div>"
        }
        return "<dl class=\"facts\">\(features)</dl>\n"
    }

    private func reviewExamples(_ matching: MatchingFacts) -> Markup {
        if matching.toReview.isEmpty { return "" }
        let rows = matching.toReview.map { pair -> Markup in
            let levels = pair.levels.map { level -> Markup in
                let sign: Markup = level.weight > 0.05 ? "for" : level.weight < -0.05 ? "against" : "neutral"
                return
                    "<span class=\"ev \(sign)\">\(fieldName(level.field)) \(LevelWords.title(level.level, language)) <b>\(signedWeight(level.weight))</b></span>"
            }
            return """
                <tr><th scope="row">\(recordName(pair.a))<br>\(recordName(pair.b))</th>\(tdNumber("\(decimal(pair.probability, 3))"))\(tdNumber("\(signedWeight(pair.weight))"))<td class="evidence">\(levels.joined(" "))</td></tr>
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
}
