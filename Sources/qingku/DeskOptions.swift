import ArgumentParser
import Foundation
import Pipeline
import ReviewDesk
import Synchronization

/// Where a desk listens, for whom, and who starts it.
struct DeskOptions: ParsableArguments {
    @OptionGroup var place: LedgerPlace

    @Option(help: "Port to listen on (default: the first free one from 8787).")
    var port: Int?

    @Option(help: "Address to listen on, for others to reach the desk (default: this machine alone).")
    var bind: String?

    @Option(help: "Name under which visitors reach the desk, with --bind (default: the address); may be given again.")
    var host: [String] = []

    @Option(name: .customLong("tls-certificate"), help: "File with the certificate and its chain, PEM.")
    var tlsCertificate: String?

    @Option(name: .customLong("tls-key"), help: "File with the certificate's key, PEM, readable by its owner alone.")
    var tlsKey: String?

    @Flag(name: .customLong("no-browser"), help: "Do not open a browser.")
    var noBrowser = false

    @Flag(
        help: "Write a line on each reply to standard error: method, address pattern, status, time; nothing personal.")
    var verbose = false

    func validate() throws {
        guard (port ?? 1) >= 0, (port ?? 1) <= 65_535 else { throw ValidationError("--port is a number to 65535.") }
        guard (tlsCertificate == nil) == (tlsKey == nil) else {
            throw ValidationError("Give --tls-certificate and --tls-key, or neither.")
        }
    }

    func start(by starter: String, clock: @escaping @Sendable () -> Clock) throws -> DeskStart {
        var start = DeskStart(workspace: try place.folder(), starter: starter, clock: clock)
        (start.address, start.port, start.hosts) = (bind, port, host)
        if let tlsCertificate, let tlsKey { start.tls = TLSFiles(certificate: tlsCertificate, key: tlsKey) }
        if verbose { start.log = { Console.note($0) } }
        return start
    }

    /// Runs to its end on other threads.
    static func wait(_ work: @escaping @Sendable () async throws -> Void) throws {
        let done = DispatchSemaphore(value: 0)
        let result = Mutex<Result<Void, any Error>>(.success(()))
        Task {
            do { try await work() } catch { result.withLock { $0 = .failure(error) } }
            done.signal()
        }
        done.wait()
        try result.withLock { $0 }.get()
    }
}
