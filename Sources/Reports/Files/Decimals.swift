/// A number with a fixed count of decimals, the same on every machine and in every locale; halves go away from zero.
///
/// What is not finite, or too large for its digits to be kept (from 9·10¹⁸ / 10^places), gives `nan`, `inf` or `-inf`.
package func decimal(_ value: Double, _ places: Int) -> String {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = (value * scale).rounded(.toNearestOrAwayFromZero)
    guard scaled.magnitude < 9e18 else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    let integer = Int64(scaled)
    let digits = String(integer.magnitude)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
    let sign = integer < 0 ? "-" : ""
    return places == 0 ? sign + padded : sign + padded.dropLast(places) + "." + padded.suffix(places)
}

/// A share in percent with one decimal. What is not all never reads 100.0, what is not nothing never 0.0.
package func percentDigits(_ share: Double) -> String {
    let digits = decimal(share * 100, 1)
    if digits == "100.0", share < 1 { return "99.9" }
    if digits == "0.0", share > 0 { return "0.1" }
    return digits
}

/// `12.5%`, as `percentDigits`; a dash where there is none.
package func percentText(_ share: Double?) -> String { share.map { percentDigits($0) + "%" } ?? "–" }
