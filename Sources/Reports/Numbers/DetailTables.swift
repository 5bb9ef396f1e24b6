import Records

extension ReportTables {
    /// Findings by check, the gravest and most frequent first; then trouble with the files.
    var findings: Section? {
        if facts.records == 0, facts.checks.isEmpty, facts.issues.isEmpty { return nil }
        let tables = [
            tally("findings", Text(en: "By check", zh: "按检查项"), facts.checks),
            tally("issues", Text(en: "Rows and files", zh: "行与文件"), facts.issues),
        ].compactMap { $0 }
        let (errors, omissions) = (grouped(facts.wrong), grouped(facts.findings(Finding.Kind.omission)))
        return Section(
            "findings", Text(en: "Findings by impact", zh: "检查发现（按影响排列）"),
            lead: tables.isEmpty
                ? Text(en: "The checks found nothing wrong and nothing missing.", zh: "各项检查未发现错误或缺漏。")
                : Text(
                    en:
                        "\(errors) times something is wrong, \(omissions) times something is missing. The gravest first, then the most frequent. Examples show record ids and masked values; all findings are in findings.csv.",
                    zh: "发现错误 \(errors) 处、缺漏 \(omissions) 处。先列严重的，再按数量排列。示例只显示记录编号和遮盖后的值；全部发现见 findings.csv。"),
            tables)
    }

    private func tally(_ id: String, _ title: Text, _ checks: [CheckTally]) -> ReportTable? {
        if checks.isEmpty { return nil }
        let rows = checks.map { check -> [ReportCell] in
            let bySource = facts.sources.indices.map { $0 < check.bySource.count ? check.bySource[$0] : 0 }
            let owner = bySource.indices.max { (bySource[$0], $1) < (bySource[$1], $0) }
            let hasOwner = owner.map { bySource[$0] > 0 } ?? false
            return [
                .words(check.title), .severity(check.severity), .count(check.count),
                facts.records > 0 && check.records > 0
                    ? .rate(ReportRate(Rate(check.records, of: facts.records))) : .none,
                .count(check.withSuggestion),
                hasOwner ? .name(facts.sources[owner ?? 0].name) : .none,
            ] + bySource.map(ReportCell.count)
        }
        return ReportTable(
            id, title,
            [
                Column("check", Text(en: "Check", zh: "检查项"), isNumber: false),
                Column("severity", Text(en: "Severity", zh: "程度"), isNumber: false),
                Column("findings", Text(en: "Findings", zh: "发现")),
                Column("records_concerned", Text(en: "Records concerned", zh: "涉及记录")),
                Column("with_suggestion", Text(en: "With a certain value", zh: "有确定更正值")),
                Column("owner", Text(en: "Most in", zh: "最多的单位"), isNumber: false),
            ] + facts.sources.map { Column("in_" + $0.name, Text(en: $0.name, zh: $0.name)) }, rows)
    }

    var corrections: Section? {
        if facts.corrections.isEmpty { return nil }
        let cells = grouped(facts.changedCells)
        return Section(
            "corrections", Text(en: "Corrections by office", zh: "各单位更正"),
            lead: Text(
                en:
                    "What each office should change in its own data. \(cells) cells of the master already differ from a record they stand for; changes.csv names each with its rule.",
                zh: "各单位应在自己的数据中更正的内容。主数据中已有 \(cells) 个单元格与其来源记录不同，逐条规则见 changes.csv。"),
            [
                ReportTable(
                    "corrections", Text(en: "Corrections", zh: "更正清单"),
                    [
                        .office, Column("changes", Text(en: "Cells to change", zh: "更改")),
                        Column("fills", Text(en: "Cells to fill in", zh: "补填")),
                        Column("merges", Text(en: "Records to merge", zh: "合并记录")),
                        Column("adds", Text(en: "Records to add", zh: "补登记录")),
                        Column("file", Text(en: "File", zh: "文件"), isNumber: false),
                        Column("encoding", Text(en: "Encoding", zh: "编码"), isNumber: false),
                    ],
                    facts.corrections.map {
                        [
                            .name($0.source), .count($0.changes), .count($0.fills), .count($0.merges), .count($0.adds),
                            .code($0.file), .code($0.encoding),
                        ]
                    })
            ] + (facts.since == nil ? [answers()].compactMap { $0 } : []))
    }

    /// How many records became how many persons, who is in which source, and how many there are in all.
    var persons: Section? {
        guard facts.records > 0, facts.persons > 0 else { return nil }
        let further = facts.records - facts.persons
        let tables = [personGrades(), groups(), overlap(), population(), models()].compactMap { $0 }
        return Section(
            "persons", Text(en: "From records to persons", zh: "从记录到人员"),
            lead: Text(
                en:
                    "\(grouped(facts.records)) records of \(facts.sources.count) \(facts.sources.count == 1 ? "source" : "sources") stand for \(grouped(facts.persons)) persons; \(grouped(further)) are further records of somebody already counted.",
                zh:
                    "\(facts.sources.count) 个来源的 \(grouped(facts.records)) 条记录对应 \(grouped(facts.persons)) 人；其中 \(grouped(further)) 条是同一人的另外记录。"
            ), tables)
    }

    private func personGrades() -> ReportTable? {
        guard facts.grades.contains(where: { $0.persons > 0 }) else { return nil }
        return ReportTable(
            "persons-by-grade", Text(en: "Data quality of the persons’ records in the master", zh: "主数据各人的记录质量"),
            [Column("grade", Text(en: "Grade", zh: "等级"), isNumber: false), .persons],
            facts.grades.map {
                [.code($0.grade.rawValue), .rate(ReportRate(Rate($0.persons, of: facts.persons)))]
            })
    }

    private func groups() -> ReportTable? {
        if facts.groups.isEmpty { return nil }
        return ReportTable(
            "groups", Text(en: "Persons by number of records", zh: "按记录条数统计人员"),
            [Column("records", Text(en: "Records of one person", zh: "每人记录数")), .persons],
            facts.groups.map { [.count($0.size), .count($0.persons)] })
    }

    /// Who is in which sources at once.
    private func overlap() -> ReportTable? {
        guard let overlap = facts.overlap, facts.sources.count > 1 else { return nil }
        let rows = overlap.sets.map { set -> [ReportCell] in
            facts.sources.indices.map { set.sources.contains($0) ? .code("●") : .code("·") } + [
                set.persons.map(ReportCell.count) ?? .withheld
            ]
        }
        let hidden =
            facts.hidesPopulation
            ? Text(
                en:
                    " How many persons there are in all is not estimated here: the estimates would give these numbers away.",
                zh: "此处不给出总人数估计，否则可由估计推算出这些数。") : Text(en: "", zh: "")
        return ReportTable(
            "overlap", Text(en: "Persons by the sources they are in", zh: "按所在来源统计人员"),
            facts.sources.map { Column("in_" + $0.name, Text(en: $0.name, zh: $0.name), isNumber: false) } + [.persons],
            rows,
            note: overlap.hasWithheld
                ? Text(
                    en:
                        "* Withheld: from 1 to \(overlap.suppressBelow - 1) persons, or a number that would give such a one away.\(hidden.en)",
                    zh: "* 不公布：该数或可由其推算的数在 1 至 \(overlap.suppressBelow - 1) 之间。\(hidden.zh)") : nil)
    }

    private func population() -> ReportTable? {
        guard let population = facts.population else { return nil }
        func row(_ words: Text, _ interval: PopulationEstimate.Interval) -> [ReportCell] {
            [
                .words(words), .count(whole(interval.value)), .count(whole(interval.lower)),
                .count(whole(interval.upper)),
                .rate(ReportRate(Rate(min(population.listed, whole(interval.value)), of: whole(interval.value)))),
            ]
        }
        var rows = [row(Text(en: "with the links as they are", zh: "按现有关联"), population.linked)]
        if let corrected = population.corrected {
            rows.append(row(Text(en: "corrected for wrong and missed links", zh: "校正误联与漏联后"), corrected))
        }
        return ReportTable(
            "population", Text(en: "Persons there are, those in no source included", zh: "总人数估计（含未被任何来源收录者）"),
            [
                Column("estimate", Text(en: "Estimate", zh: "估计"), isNumber: false), .persons,
                Column("lower", Text(en: "95 % from", zh: "95% 下限")), Column("upper", Text(en: "to", zh: "上限")),
                Column("listed", Text(en: "In a source", zh: "已收录")),
            ], rows,
            note: Text(
                en:
                    "Capture and recapture of \(population.lists.joined(separator: ", ")): holds if the population is closed, each person of a source is as likely to be found, and links are as good as expected. qingku estimate has areas, years and all assumptions.",
                zh:
                    "对\(population.lists.joined(separator: "、"))作捕获再捕获估计：前提是总体封闭、同一来源中各人被收录的机会相同、关联质量如预期。分地区、分年份及全部前提见 qingku estimate。"
            ))
    }

    private func models() -> ReportTable? {
        guard let population = facts.population, population.models.count > 1 else { return nil }
        return ReportTable(
            "population-models", Text(en: "By how sources depend on each other", zh: "按来源间的依赖关系"),
            [
                Column("model", Text(en: "Sources that depend on each other", zh: "相互依赖的来源"), isNumber: false),
                .persons,
                Column("lower", Text(en: "95 % from", zh: "95% 下限")), Column("upper", Text(en: "to", zh: "上限")),
                Column("weight", Text(en: "Weight", zh: "权重")),
            ],
            population.models.map { model in
                let names = model.interactions.map { pair in
                    pair.map { $0 < population.lists.count ? population.lists[$0] : "" }.joined(separator: " + ")
                }
                return [
                    names.isEmpty ? .words(Text(en: "none", zh: "无")) : .name(names.joined(separator: "; ")),
                    .count(whole(model.estimate.value)), .count(whole(model.estimate.lower)),
                    .count(whole(model.estimate.upper)), .share(model.weight),
                ]
            })
    }

    /// How far each field is filled.
    var fields: Section? {
        guard facts.records > 0, !facts.fields.isEmpty else { return nil }
        let rows = facts.fields.enumerated().map { index, field -> [ReportCell] in
            [.code(field.name), field.required ? .words(Text(en: "yes", zh: "是")) : .none]
                + facts.sources.map { source in
                    guard index < source.fields.count, let fill = source.fields[index] else { return .none }
                    return .rate(ReportRate(Rate(fill.filled, of: source.records)))
                }
        }
        return Section(
            "fields", Text(en: "Completeness by field", zh: "各字段完整性"),
            [
                ReportTable(
                    "fields", Text(en: "Records with a value", zh: "有值的记录"),
                    [
                        Column("field", Text(en: "Field", zh: "字段"), isNumber: false),
                        Column("required", Text(en: "Required", zh: "必填"), isNumber: false),
                    ] + facts.sources.map { Column("in_" + $0.name, Text(en: $0.name, zh: $0.name)) }, rows,
                    note: Text(en: "A dash: the source has no such column.", zh: "短横表示该来源没有此栏目。"))
            ])
    }

    /// What went in: enough to do it again.
    var run: Section? {
        Section(
            "run", Text(en: "How the run was done", zh: "运行依据"),
            [
                ReportTable(
                    "inputs", Text(en: "Inputs", zh: "输入文件"),
                    [
                        .source, Column("file", Text(en: "File", zh: "文件"), isNumber: false),
                        Column("as_of", Text(en: "As of", zh: "截至"), isNumber: false),
                        Column("bytes", Text(en: "Bytes", zh: "字节")), .records,
                        Column("sha256", Text(en: "SHA-256", zh: "SHA-256"), isNumber: false),
                    ],
                    facts.sources.map {
                        [
                            .name($0.name), .name($0.fileName), $0.profile.asOf.map(ReportCell.code) ?? .none,
                            .count($0.file.size), .count($0.records), .code($0.file.sha256),
                        ]
                    })
            ])
    }
}
