/// `base` to the power `exponent`, by multiplications and square roots alone. IEEE 754 rounds these the same way
/// everywhere, which the C library's `pow` does not promise. Good to about six digits; `base` must not be negative.
func stablePower(_ base: Double, _ exponent: Double) -> Double {
    let magnitude = exponent < 0 ? -exponent : exponent
    var result = 1.0
    var whole = magnitude.rounded(.down)
    var fraction = magnitude - whole
    while whole >= 1 {
        result *= base
        whole -= 1
    }
    var root = base
    for _ in 0..<20 where fraction > 0 {
        root = root.squareRoot()
        fraction *= 2
        if fraction >= 1 {
            result *= root
            fraction -= 1
        }
    }
    return exponent < 0 ? 1 / result : result
}
