import FuzzyText

// kernels FILE [rows=2000] [columns=2000] [times=1] [instructions=best] [kernels=jw-grid,osa-grid]
//
// Compares each of the first lines of FILE with each of the next and prints a JSON line for each kernel: its name, the
// number of pairs, millions of pairs a second of processor time (the best of `times`), and the sum of the values.

let request = Request(CommandLine.arguments.dropFirst())
var lists = Lists(request.lines, rows: request.rows, columns: request.columns, request.instructions)
for kernel in request.kernels {
    var best = Double.infinity
    for _ in 0..<request.times {
        let start = processorSeconds()
        kernel.run(&lists)
        best = min(best, processorSeconds() - start)
    }
    let rate = Double(lists.pairCount) / best / 1e6
    print(
        """
        {"kernel": "\(kernel.name)", "instructions": "\(request.instructions)", "pairs": \(lists.pairCount), \
        "million_pairs_per_second": \(rate), "sum": \(lists.sum)}
        """)
}
