import Foundation
import Importers
import Reconciliation
import Records
import Reports
import Rules

extension RuleBook {
    /// What grades and rates are made from under these rules.
    func qualityInput(_ grading: Grading, master: Master?, threads: Int) -> RunFacts.QualityInput {
        RunFacts.QualityInput(
            plan: quality, grade: grading.grade, master: master,
            areas: report.areas.map { ($0, report.townships, report.suppressBelow) }, threads: threads)
    }
}

extension RunFacts {
    /// What is known of a run before its first step.
    init(_ book: RuleBook, inputs: Inputs, language: Language, today: String) {
        let days = inputs.inputs.map { $0.plan.profile.asOf ?? today }
        self.init(
            title: book.title, purpose: book.purpose, language: language, toolVersion: Version.text,
            rulesFile: URL(fileURLWithPath: book.path).lastPathComponent, rulesSHA256: book.sha256,
            day: days.max() ?? today)
        sensitiveFeatures = book.sensitiveMatch.map {
            SensitiveFeature(field: book.schema.fields[$0.field].name, reason: $0.reason)
        }
        warnings = book.warnings.map { warning in
            let line = warning.place.line.map { ":\($0)" } ?? ""
            return Text(
                en: "\(rulesFile)\(line): \(warning.message.en)", zh: "\(rulesFile)\(line)：\(warning.message.zh)")
        }
        warnings += inputs.leftOut.map { name in
            Text(en: "Source \(name) has no file and was left out.", zh: "来源 \(name) 没有给出文件，本次未纳入。")
        }
    }
}
