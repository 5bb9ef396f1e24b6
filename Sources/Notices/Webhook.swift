import Crypto
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Records

/// Posts a notice as JSON. No redirect is followed, and nothing of the answer is kept but its status.
package struct Webhook: Sendable {
    private let address: WebhookAddress
    /// Signs what is sent; `nil`: nothing is signed.
    private let key: [UInt8]?
    /// Seconds, for connecting and answering together.
    private let patience: Int

    package init(_ address: WebhookAddress, key: [UInt8]?, patience: Int) {
        (self.address, self.key, self.patience) = (address, key, patience)
    }

    /// Tried twice at most: once more where nobody answered, or with a status from 500.
    ///
    /// - Parameter time: UTC, ISO 8601; goes into the signature, so that a notice cannot be played again later.
    package func post(_ body: [UInt8], at time: String) -> Delivery {
        var last = ""
        for attempt in 1...2 {
            do {
                let status = try send(body, time)
                if (200..<300).contains(status) {
                    return Delivery(.webhook, isDelivered: true, tries: attempt, detail: "\(status)")
                }
                last = "\(status)"
                if status < 500 { return Delivery(.webhook, isDelivered: false, tries: attempt, detail: last) }
            } catch {
                last = Self.word(error)
            }
        }
        return Delivery(.webhook, isDelivered: false, tries: 2, detail: last)
    }

    private struct Timeout: Error {}
    private struct NoAnswer: Error {}

    private static func word(_ error: any Error) -> String {
        switch error {
        case is Timeout: "timeout"
        case is NoAnswer, is HTTPParserError: "no answer"
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: "certificate"
        case let error as NIOConnectionError: error.connectionErrors.isEmpty ? "no such host" : "not reached"
        case ChannelError.connectTimeout: "timeout"
        default: "not reached"
        }
    }

    private func headers(_ body: [UInt8], _ time: String) -> HTTPHeaders {
        var headers = HTTPHeaders([
            ("Host", address.authority), ("User-Agent", "qingku/\(Version.text)"),
            ("Content-Type", "application/json; charset=utf-8"), ("Content-Length", "\(body.count)"),
            ("Connection", "close"), ("X-Qingku-Timestamp", time),
        ])
        if let key {
            let code = HMAC<SHA256>.authenticationCode(
                for: Array((time + ".").utf8) + body, using: SymmetricKey(data: key))
            headers.add(name: "X-Qingku-Signature", value: "sha256=" + Hex.text(code))
        }
        return headers
    }

    /// - Returns: the status of the answer.
    private func send(_ body: [UInt8], _ time: String) throws -> Int {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        defer { try? group.syncShutdownGracefully() }
        let loop = group.next()
        let tls = try address.isSecure ? NIOSSLContext(configuration: .makeClientConfiguration()) : nil
        let answer = loop.makePromise(of: Int.self)
        let limit = TimeAmount.seconds(Int64(patience))
        let deadline = loop.scheduleTask(in: limit) { answer.fail(Timeout()) }
        let (name, head) = (
            address.serverName,
            HTTPRequestHead(version: .http1_1, method: .POST, uri: address.target, headers: headers(body, time))
        )
        let opening = ClientBootstrap(group: loop).connectTimeout(limit).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                if let tls { try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: name)) }
                try pipeline.addHTTPClientHandlers()
                try pipeline.addHandler(Answer(answer))
            }
        }.connect(host: address.host, port: address.port)
        opening.whenFailure { answer.fail($0) }
        opening.whenSuccess { channel in
            channel.write(HTTPClientRequestPart.head(head), promise: nil)
            channel.write(HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: body))), promise: nil)
            channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
            answer.futureResult.whenComplete { _ in channel.close(promise: nil) }
        }
        defer { deadline.cancel() }
        return try answer.futureResult.wait()
    }

    /// Takes the head of the answer; whatever else happens ends the waiting.
    private final class Answer: ChannelInboundHandler {
        typealias InboundIn = HTTPClientResponsePart

        private let promise: EventLoopPromise<Int>

        init(_ promise: EventLoopPromise<Int>) { self.promise = promise }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard case .head(let head) = unwrapInboundIn(data), head.status.code >= 200 else { return }
            promise.succeed(Int(head.status.code))
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            promise.fail(error)
            context.close(promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) { promise.fail(NoAnswer()) }
    }
}
