package import Records

extension ColumnProfile {
    /// - Parameters:
    ///   - top: how many of the most frequent forms and values are kept, from 0.
    ///   - isPlaceholder: whether a value of such a field stands for "not known".
    package init(
        _ column: SourceTable.Column, meaning: ColumnMeaning, top: Int,
        isPlaceholder: (UnsafeBufferPointer<UInt8>, FieldKind) -> Bool
    ) {
        let census = ColumnCensus(column, meaning: meaning, isPlaceholder: isPlaceholder)
        let forms = census.topForms(top)
        let oddities = Oddity.all.compactMap { oddity in
            oddity.find(census).map { found in
                OddityFound(
                    id: oddity.id, title: oddity.title, cells: found.cells,
                    examples: found.examples.map {
                        Example(value: column.values[$0], form: census.shownForm(of: $0))
                    })
            }
        }
        self.init(
            header: column.header, meaning: meaning, filled: census.filled, distinct: census.distinct,
            singles: census.singles, lengths: census.lengths, patterns: forms.patterns, patternCount: forms.total,
            patternsAreGeneral: forms.areGeneral, values: census.topValues(top), oddities: oddities)
    }
}
