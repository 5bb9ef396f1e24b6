import Foundation
import Glibc
package import Matching

/// A worker from its arguments to its end: pure from standard input to standard output, with one file that says what to do.
package enum WorkerRun {
    package enum Mode: String, Sendable, CaseIterable {
        case keys
        case pairs
    }

    /// - Parameters:
    ///   - format: of the lines, as whoever starts the worker means them.
    ///   - hash: of the job, as whoever starts the worker means it.
    /// - Returns: the exit status.
    package static func run(_ mode: Mode, model: String, format: Int, hash: String) -> Int32 {
        // Without this a reader that goes away ends the process before it can say so.
        signal(SIGPIPE, SIG_IGN)
        do {
            let work = try work(model: model, format: format, hash: hash)
            switch mode {
            case .keys: try KeysWorker.run(work, reader: LineReader(standardInput), writer: LineWriter(standardOutput))
            case .pairs:
                try PairsWorker.run(work, reader: LineReader(standardInput), writer: LineWriter(standardOutput))
            }
            return 0
        } catch let failure as WorkerFailure {
            FileHandle.standardError.write(Data((failure.description + "\n").utf8))
            if failure != .output { readToEnd() }
            return failure.status
        } catch {
            FileHandle.standardError.write(Data("qingku worker: the input cannot be read [E-WRK-004]\n".utf8))
            return 74
        }
    }

    /// The same from words: `keys --model FILE --format 1 --job-hash HASH`.
    package static func run(_ arguments: [String]) -> Int32 {
        let usage = "qingku-worker keys|pairs --model FILE --format \(PairJob.format) --job-hash HASH"
        var options: [String: String] = [:]
        var rest = arguments.dropFirst()
        while let name = rest.popFirst(), let value = rest.popFirst() { options[name] = value }
        guard arguments.count == 7, let mode = arguments.first.flatMap(Mode.init), let model = options["--model"],
            let format = options["--format"].flatMap({ Int($0) }), let hash = options["--job-hash"]
        else {
            FileHandle.standardError.write(Data("Usage: \(usage)\n".utf8))
            return 64
        }
        return run(mode, model: model, format: format, hash: hash)
    }

    /// - Throws: `WorkerFailure.usage` for a file that cannot be read, or that is of another version or job.
    package static func work(model: String, format: Int, hash: String) throws -> PairWork {
        guard format == PairJob.format else { throw WorkerFailure.usage("this is a worker for another wire format") }
        guard let data = FileManager.default.contents(atPath: model),
            let job = try? JSONDecoder().decode(PairJob.self, from: data)
        else { throw WorkerFailure.usage("the job file cannot be read") }
        guard job.hash == hash else { throw WorkerFailure.usage("the job file is of another job") }
        guard let work = PairWork(job) else { throw WorkerFailure.usage("the job file is of another version") }
        return work
    }

    /// Somebody who still writes to a process that is gone learns of a broken pipe, and not why.
    private static func readToEnd() {
        guard isatty(STDIN_FILENO) == 0 else { return }
        withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { space in
            while let count = try? standardInput(space), count > 0 {}
        }
    }

    private static func standardInput(_ space: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            let count = read(STDIN_FILENO, space.baseAddress, space.count)
            if count >= 0 { return count }
            if errno != EINTR { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        }
    }

    private static func standardOutput(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = write(STDOUT_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw WorkerFailure.output
            }
        }
    }
}
