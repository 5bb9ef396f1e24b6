import CMalloc
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOSSL
import Records
package import ServiceLifecycle
import Synchronization
import UnixSignals

/// The desk on a socket: HTTP/1.1, plain on loopback, TLS 1.2 or later elsewhere.
package struct DeskServer: Sendable {
    package struct Settings: Sendable {
        /// To listen on; a loopback address unless there are `tls` and accounts.
        package var address = "127.0.0.1"
        /// 0: any free one. `nil`: the first free one from 8787.
        package var port: Int?
        package var tls: TLSFiles?
        /// Seconds a connection may be silent, and a body may take to arrive.
        package var patience = 20

        package init() {}
    }

    /// Of all headers of a request together.
    static let headerLimit = 16_384
    static let headerCount = 100

    private let desk: Desk
    private let settings: Settings

    package init(_ desk: Desk, _ settings: Settings) {
        self.desk = desk
        self.settings = settings
    }

    /// What ends the desk.
    package enum End: Sendable {
        /// SIGINT or SIGTERM.
        case signal
        /// The stream is at its end.
        case stream(AsyncStream<Void>)
    }

    /// Serves until the end; replies that are under way are finished first, for at most four seconds.
    ///
    /// - Parameters:
    ///   - services: run from the start to the end of the desk.
    ///   - onReady: is told the port, once requests are answered.
    /// - Throws: `E-DESK-003` when no port is free, `E-DESK-004` for an address that this machine does not have,
    ///   `E-DESK-005` to `007` for certificate and key.
    package func run(
        until end: End = .signal, beside services: [any Service] = [],
        onReady: @escaping @Sendable (_ port: Int) async -> Void
    ) async throws {
        Self.shareHeaps()
        let tls = try settings.tls?.configuration()
        let ports = settings.port.map { $0...$0 } ?? 8_787...8_886
        for port in ports {
            do {
                return try await serve(on: port, tls, end, services, onReady)
            } catch let error as IOError where error.errnoCode == EADDRINUSE || error.errnoCode == EACCES {
                if port == ports.upperBound { throw Self.portTaken(ports) }
            } catch let error as IOError where error.errnoCode == EADDRNOTAVAIL {
                throw Self.noAddress(settings.address)
            } catch is SocketAddressError {
                throw Self.noAddress(settings.address)
            }
        }
    }

    /// By itself glibc keeps a heap for every thread, and what a large page took for a moment stays in each of them. Lower bounds for
    /// giving memory back to the system would save as much again and cost a fifth of the pages a second.
    private static func shareHeaps() {
        #if os(Linux)
            _ = mallopt(M_ARENA_MAX, 2)
        #endif
    }

    private func serve(
        on port: Int, _ tls: TLSConfiguration?, _ end: End, _ services: [any Service],
        _ onReady: @escaping @Sendable (Int) async -> Void
    ) async throws {
        // What the libraries have to say about connections names addresses: it goes nowhere.
        let logger = Logger(label: "desk") { _ in SwiftLogNoOpLogHandler() }
        let listening = ListeningPort()
        let http = channel(tls != nil, listening)
        let desk = desk
        let application = Application(
            responder: CallbackResponder<Connection> { request, connection in
                await Self.respond(to: request, connection, desk)
            },
            server: try tls.map { try .tls(.http1(configuration: http), tlsConfiguration: $0) }
                ?? .http1(configuration: http),
            configuration: .init(address: .hostname(settings.address, port: port), backlog: 1_024),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? port
                listening.set(port)
                desk.listen(on: port)
                await onReady(port)
            },
            logger: logger)
        var signals: [UnixSignal] = []
        if case .signal = end { signals = [.sigterm, .sigint] }
        var configuration = ServiceGroupConfiguration(
            services: [application] + services, gracefulShutdownSignals: signals, logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(4)
        let group = ServiceGroup(configuration: configuration)
        let waiting = Task {
            guard case .stream(let stream) = end else { return }
            for await _ in stream {}
            await group.triggerGracefulShutdown()
        }
        defer { waiting.cancel() }
        try await group.run()
    }

    private func channel(_ isSecure: Bool, _ listening: ListeningPort) -> HTTP1Channel.Configuration {
        let checksOwner = !isSecure
        let patience = TimeAmount.seconds(Int64(settings.patience))
        return HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                WireHandler(isSecure: isSecure, deadline: patience) { peer in
                    !checksOwner
                        || LoopbackPeer.isAdmitted(port: peer.port ?? 0, own: listening.value)
                }
            ],
            idleTimeout: patience,
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: Self.headerLimit, maxHeaderListSize: Self.headerLimit,
                maxHeaderFieldCount: Self.headerCount))
    }

    // MARK: - One request

    private static func respond(to request: Request, _ connection: Connection, _ desk: Desk) async -> Response {
        let wire = WireRequest(
            request.method.rawValue, request.head.path ?? "",
            hosts: (request.head.authority.map { [$0] } ?? []) + request.headers[values: hostName],
            headers: request.headers.map { ($0.name.canonicalName, $0.value) }, address: connection.address)
        let response = await desk.answer(wire) { limit in
            var bytes: [UInt8] = []
            for try await chunk in request.body {
                guard bytes.count + chunk.readableBytes <= limit else { throw Refusal.tooLarge }
                bytes += chunk.readableBytesView
            }
            return bytes
        }
        var fields = HTTPFields()
        fields[.contentType] = response.contentType
        for (name, value) in response.headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        let isHead = request.method == .head
        if isHead { fields[.contentLength] = String(response.body.count) }
        return Response(
            status: HTTPResponse.Status(code: response.status), headers: fields,
            body: isHead ? .init() : .init(byteBuffer: ByteBuffer(bytes: response.body)))
    }

    private static let hostName = HTTPField.Name("Host").map { $0 } ?? .origin

    private struct Connection: InitializableFromSource, Sendable {
        let address: String

        init(source: ApplicationRequestContextSource) {
            address = source.channel.remoteAddress?.ipAddress ?? ""
        }
    }
}

/// The port, once it is known.
private final class ListeningPort: Sendable {
    private let port = Mutex(0)

    func set(_ value: Int) { port.withLock { $0 = value } }

    var value: Int { port.withLock { $0 } }
}

extension DeskServer {
    private static func portTaken(_ ports: ClosedRange<Int>) -> Failure {
        let shown = ports.count == 1 ? "\(ports.lowerBound)" : "\(ports.lowerBound)–\(ports.upperBound)"
        return Failure(
            .notDone, code: "E-DESK-003",
            Text(
                en: "port \(shown) is in use, or not for users like you", zh: "端口 \(shown) 已被占用，或当前用户无权使用"),
            advice: Text(
                en: "Another desk may be running. Give a free port with --port.", zh: "可能已有另一个平台在运行。请用 --port 指定空闲端口。"))
    }

    private static func noAddress(_ address: String) -> Failure {
        Failure(
            .notDone, code: "E-DESK-004",
            Text(en: "this machine has no address \(address)", zh: "本机没有地址 \(address)"),
            advice: Text(
                en: "Give one of its own addresses with --bind, or leave it out for 127.0.0.1.",
                zh: "请用 --bind 指定本机的地址，或省略以使用 127.0.0.1。"))
    }
}
