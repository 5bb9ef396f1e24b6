import Records

/// With its sign in front: `+1,200`, `−3`.
package func signedText(_ number: Int) -> String { (number > 0 ? "+" : "−") + abs(number).grouped }
