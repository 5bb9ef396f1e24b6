import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Limits of one connection that HTTP parsing leaves open: who may connect, how long a request may take to arrive, and
/// that a reply which closes the connection does. What the parser refuses gets the headers of every other reply.
final class WireHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let isSecure: Bool
    private let deadline: TimeAmount
    private let admits: @Sendable (SocketAddress) -> Bool
    private var arrival: Scheduled<Void>?
    private var isAdmitted = false
    /// The reply being written is the last one.
    private var isLast = false
    /// What still comes in is not looked at.
    private var isDeaf = false

    /// - Parameters:
    ///   - deadline: from the first to the last byte of a request's body.
    ///   - admits: whether the other end may connect.
    init(isSecure: Bool, deadline: TimeAmount, admits: @escaping @Sendable (SocketAddress) -> Bool) {
        self.isSecure = isSecure
        self.deadline = deadline
        self.admits = admits
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isDeaf { return }
        switch unwrapInboundIn(data) {
        case .head:
            let channel = context.channel
            // Asked with the first request: a connection that says nothing is to cost nothing.
            if !isAdmitted, let peer = channel.remoteAddress {
                isAdmitted = admits(peer)
                if !isAdmitted {
                    isDeaf = true
                    return context.close(promise: nil)
                }
            }
            arrival?.cancel()
            arrival = context.eventLoop.scheduleTask(in: deadline) { channel.close(promise: nil) }
        case .end:
            arrival?.cancel()
            arrival = nil
        case .body: break
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            if head.headerFields[.xContentTypeOptions] == nil {
                for (name, value) in SecurityHeaders.all(isSecure: isSecure) {
                    if let name = HTTPField.Name(name) { head.headerFields[name] = value }
                }
            }
            isLast = head.headerFields[.connection] == "close"
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end where isLast:
            isDeaf = true
            context.writeAndFlush(data, promise: promise)
            // Closing while bytes come in would take the reply away from the client: it is given a moment to read.
            let channel = context.channel
            channel.close(mode: .output, promise: nil)
            context.eventLoop.scheduleTask(in: .milliseconds(500)) { channel.close(promise: nil) }
        default:
            context.write(data, promise: promise)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        arrival?.cancel()
        context.fireChannelInactive()
    }
}
