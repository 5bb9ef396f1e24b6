import Records

extension Page {
    /// What changed since the run before: alarms first, then findings, persons, cells, answers of offices, drift.
    func since() -> (id: Markup, title: Text, body: Markup)? {
        part("since") { tables in
            ledger()
                + ["alarms", "since-findings", "since-persons", "since-cells", "answers", "since-drift"].map {
                    shown(tables[$0])
                }.joined()
        }
    }

    /// What became of the findings of the run before.
    private func ledger() -> Markup {
        guard let changes = facts.ledgerChanges else { return "" }
        let items = LedgerWords.all(changes).map { count, text -> Markup in
            say("<li><b>\(count)</b> \(text.en)</li>", "<li>\(text.zh) <b>\(count)</b></li>")
        }
        return "<ul class=\"ledger\">\(items)</ul>\n"
    }
}
