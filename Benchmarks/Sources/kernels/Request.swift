import FuzzyText
import Glibc

/// What the command line asks for.
struct Request {
    let lines: [Substring]
    let rows: Int
    let columns: Int
    let times: Int
    let instructions: InstructionSet
    let kernels: [Kernel]

    init(_ arguments: some Collection<String>) {
        guard let path = arguments.first else { fail("which file?") }
        var options = ["rows": "2000", "columns": "2000", "times": "1", "instructions": "best", "kernels": "all"]
        for argument in arguments.dropFirst() {
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, options[parts[0]] != nil else { fail("\(argument): not an option") }
            options[parts[0]] = parts[1]
        }
        func number(_ name: String) -> Int {
            guard let value = options[name].flatMap({ Int($0) }), value > 0 else { fail("\(name): not above 0") }
            return value
        }
        rows = number("rows")
        columns = number("columns")
        times = number("times")
        let wanted = options["instructions"] ?? "best"
        guard let set = wanted == "best" ? .best : InstructionSet.allCases.first(where: { "\($0)" == wanted }) else {
            fail("instructions: \(wanted) is none of baseline, avx2, avx512, best")
        }
        if set > .best { fail("this machine does not have \(set)") }
        instructions = set
        let names = options["kernels", default: "all"].split(separator: ",").map(String.init)
        kernels = names == ["all"] ? Kernel.all : Kernel.all.filter { names.contains($0.name) }
        if kernels.isEmpty { fail("no such kernel; there are \(Kernel.all.map(\.name).joined(separator: ", "))") }
        lines = contents(path).split(separator: "\n")
    }
}

func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

private func contents(_ path: String) -> String {
    guard let file = fopen(path, "rb") else { fail("\(path): cannot be opened") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while case let read = fread(&part, 1, part.count, file), read > 0 { bytes += part[..<read] }
    return String(decoding: bytes, as: UTF8.self)
}

private func fail(_ message: String) -> Never {
    let line = Array("kernels: \(message)\n".utf8)
    _ = line.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
    exit(2)
}
