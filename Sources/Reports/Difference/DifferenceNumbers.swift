import Records

/// `12.5 %`; a dash where there is none.
package func percentText(_ share: Double?) -> String { share.map { decimal($0 * 100, 1) + " %" } ?? "–" }

/// With its sign in front: `+1,200`, `−3`.
package func signedText(_ number: Int) -> String { (number > 0 ? "+" : "−") + abs(number).grouped }
