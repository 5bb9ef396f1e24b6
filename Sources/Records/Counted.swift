/// `1 record`, `2,000 records`: a number with its English noun.
package func counted(_ number: Int, _ noun: String) -> String {
    "\(number.grouped) \(noun)\(number == 1 ? "" : "s")"
}
