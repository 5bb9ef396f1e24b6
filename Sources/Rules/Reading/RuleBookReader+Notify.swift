import Notices
import Records
import Yams

extension RuleBookReader {
    /// `notify: { events: [failed, held], webhook: { url: … }, mail: { … } }`.
    mutating func readNotify(_ node: Node) -> NotifyPlan {
        var plan = NotifyPlan()
        guard let section = section(node, RuleKeys.notify, what: Self.quoted("notify:")) else { return plan }
        if let entry = section["events"] {
            let what = Self.quoted("events")
            let names = Notice.Event.allCases.map(\.rawValue)
            let events = (list(entry.value, what: what, example: "[failed, held]") ?? []).compactMap {
                choice($0, among: names, what: what).flatMap { Notice.Event(rawValue: $0) }
            }
            plan.events = Set(events)
        }
        plan.webhook = section["webhook"].flatMap { readWebhook($0.value) }
        plan.mail = section["mail"].flatMap { readMail($0.value) }
        if section["webhook"] == nil, section["mail"] == nil {
            report(
                .missingKey, at: node,
                Text(
                    en: "\"notify:\" names nobody to tell: give \"webhook:\" or \"mail:\".",
                    zh: "“notify:”没有写明通知方式：请给出“webhook:”或“mail:”。"))
        }
        return plan
    }

    private mutating func readWebhook(_ node: Node) -> NotifyPlan.Hook? {
        guard let section = section(node, RuleKeys.webhook, what: Self.quoted("webhook:")), let entry = section["url"],
            let url = text(entry)
        else { return nil }
        let keyFile = section["key_file"].flatMap { text($0) }
        let timeout = integer(section["timeout"], in: 1...60) ?? 10
        guard let address = WebhookAddress(url) else {
            report(
                .notAllowed, at: entry.value,
                Text(
                    en: """
                        "\(entry.key)" has to be an https address, or an http address on this machine (127.0.0.1), without \
                        name and password.
                        """,
                    zh: "“\(entry.key)”应为 https 地址，或本机（127.0.0.1）的 http 地址，且不含用户名和密码。"))
            return nil
        }
        return NotifyPlan.Hook(
            address: address, keyFile: keyFile.map { FolderPath.resolve($0, againstFolderOf: path) }, timeout: timeout)
    }

    private mutating func readMail(_ node: Node) -> NotifyPlan.Mail? {
        let what = Self.quoted("mail:")
        guard let section = section(node, RuleKeys.mail, what: what) else { return nil }
        let from = section["from"].flatMap { readAddress($0.value, Self.quoted("from")) }
        let to = section["to"].flatMap { list($0.value, what: Self.quoted("to"), example: "[registry@example.org]") }?
            .compactMap { readAddress($0, Self.quoted("to")) }
        let folder = section["folder"].flatMap { text($0) }
        let command = section["sendmail"].map { entry -> [String] in
            let words =
                (list(entry.value, what: Self.quoted("sendmail"), example: "[/usr/sbin/sendmail, -i, -t]") ?? [])
                .compactMap { text($0, what: Self.quoted("sendmail")) }
            if words.first?.hasPrefix("/") != true {
                report(
                    .notAllowed, at: entry.value,
                    Text(
                        en: "\"sendmail\" has to begin with the whole path of a command: [/usr/sbin/sendmail, -i, -t].",
                        zh: "“sendmail”应以命令的完整路径开头：[/usr/sbin/sendmail, -i, -t]。"))
            }
            return words
        }
        if folder == nil, command == nil {
            report(
                .missingKey, at: node,
                Text(
                    en:
                        "\"mail:\" needs \"folder:\" for letters to be taken from, or \"sendmail:\", a command that sends.",
                    zh: "“mail:”需要“folder:”（邮件投放文件夹）或“sendmail:”（发送命令）。"))
        }
        guard let from, let to, !to.isEmpty else { return nil }
        return NotifyPlan.Mail(
            from: from, to: to, folder: folder.map { FolderPath.resolve($0, againstFolderOf: path) },
            sendmail: command ?? [])
    }

    private mutating func readAddress(_ node: Node, _ what: Text) -> String? {
        guard let text = text(node, what: what) else { return nil }
        if Letter.isAddress(text) { return text }
        report(
            .notAllowed, at: node,
            Text(
                en: "\(what.en) has to be an e-mail address such as registry@example.org, not \"\(text)\".",
                zh: "\(what.zh)应为电子邮件地址，例如 registry@example.org，而不是“\(text)”。"))
        return nil
    }
}
