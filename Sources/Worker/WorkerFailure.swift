/// Why a worker stops. Spark copies what a worker says into its logs: a code and the number of a line, never a value.
package enum WorkerFailure: Error, Sendable, Equatable {
    /// The job file cannot be read, or is of another version or another job.
    case usage(String)
    /// A line of the input is not as format 1 has it. Lines count from 1.
    case wire(String, line: Int)
    /// Nobody reads the output any more, or it cannot be written.
    case output

    /// `EX_USAGE`, `EX_DATAERR`, `EX_IOERR` of sysexits.h.
    package var status: Int32 {
        switch self {
        case .usage: 64
        case .wire: 65
        case .output: 74
        }
    }

    /// For standard error.
    package var description: String {
        switch self {
        case .usage(let what): "qingku worker: \(what) [E-WRK-001]"
        case .wire(let what, let line): "qingku worker: input line \(line): \(what) [E-WRK-002]"
        case .output: "qingku worker: the output is closed [E-WRK-003]"
        }
    }
}
