import Foundation
import Records
import Synchronization
import Testing

@testable import ReviewDesk

final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
}

/// The server on a port of its own, spoken to in bytes.
@Suite(.serialized) struct WireTests {
    /// Serves until the body is done.
    private static func served(
        patience: Int = 20, _ body: @escaping @Sendable (Int, SampleDesk) throws -> Void
    ) async throws {
        let sample = SampleDesk()
        var settings = DeskServer.Settings()
        (settings.port, settings.patience) = (0, patience)
        let server = DeskServer(sample.desk, settings)
        let (ready, stop) = (AsyncStream<Int>.makeStream(), AsyncStream<Void>.makeStream())
        let serving = Task { try await server.run(until: .stream(stop.stream)) { ready.continuation.yield($0) } }
        var ports = ready.stream.makeAsyncIterator()
        let port = try #require(await ports.next())
        let result = await Self.apart { try body(port, sample) }
        stop.continuation.finish()
        _ = await serving.result
        try result.get()
    }

    /// On a thread of its own: the client waits, and the desk needs the others.
    private static func apart<Value: Sendable>(
        _ body: @escaping @Sendable () throws -> Value
    ) async -> Result<Value, any Error> {
        await withCheckedContinuation { continuation in
            Thread { continuation.resume(returning: Result(catching: body)) }.start()
        }
    }

    private static func get(_ target: String, _ port: Int, _ headers: String = "") -> String {
        "GET \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\(headers)\r\n"
    }

    @Test func `a page comes with its length, its type, a date and no banner`() async throws {
        try await Self.served { port, _ in
            let client = try RawClient(port: port)
            client.send(Self.get("/sign-in", port))
            let reply = try #require(client.reply())
            #expect(reply.status == 200 && reply["content-type"] == "text/html; charset=utf-8")
            #expect(reply["date"] != nil && reply["server"] == nil)
            #expect(reply.text.contains("<h1>Sign in</h1>"))
            for (name, value) in SecurityHeaders.all(isSecure: false) {
                #expect(reply.all(name.lowercased()) == [value])
            }
        }
    }

    @Test func `SEC-29: pipelined requests are answered in order`() async throws {
        try await Self.served { port, _ in
            let client = try RawClient(port: port)
            client.send(Self.get("/whence", port) + Self.get("/none", port) + Self.get("/whence", port))
            #expect([client.reply()?.status, client.reply()?.status, client.reply()?.status] == [200, 404, 200])
        }
    }

    @Test(
        "SEC-29: what could be read as two requests is refused, and the connection closed",
        arguments: [
            "POST /small HTTP/1.1\r\nHost: H\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: H\r\n\r\n",
            "POST /small HTTP/1.1\r\nHost: H\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
            "POST /small HTTP/1.1\r\nHost: H\r\nContent-Length: 4, 5\r\n\r\nabcde",
            "POST /small HTTP/1.1\r\nHost: H\r\nContent-Length: -1\r\n\r\n",
            "POST /small HTTP/1.1\r\nHost: H\r\nContent-Length: 99999999999999999999999\r\n\r\n",
            "POST /small HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
            "POST /small HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : H\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: H\r\n folded: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: H\r\nX-\u{0}: 1\r\n\r\n",
            "GET / HTTP/9.9\r\nHost: H\r\n\r\n",
            "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}",
            "GET /whence HTTP/1.1\r\nHost: H\r\nContent-Length: 30\r\n\r\nGET /open/x HTTP/1.1\r\nHost: H\r\n",
        ])
    func smuggling(bytes: String) async throws {
        try await Self.served { port, _ in
            let client = try RawClient(port: port)
            client.send(bytes.replacing("Host: H", with: "Host: 127.0.0.1:\(port)"))
            let reply = try #require(client.reply())
            #expect(reply.status == 400, "\(reply.reason)")
            #expect(reply["content-security-policy"] == SecurityHeaders.contentSecurityPolicy)
            #expect(reply["connection"] == "close")
            #expect(client.reply() == nil && client.isClosed())
        }
    }

    @Test func `SEC-29: a broken chunk ends the connection and changes nothing`() async throws {
        try await Self.served { port, sample in
            let client = try RawClient(port: port)
            client.send(
                "POST /small HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nSec-Fetch-Site: same-origin\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n"
            )
            let reply = client.reply()
            #expect(reply == nil || reply?.status == 400)
            #expect(client.reply() == nil && client.isClosed())
            #expect(sample.routes.done.isEmpty)
        }
    }

    @Test("SEC-29: too many or too long headers are refused", arguments: [1, 2, 3])
    func headers(kind: Int) async throws {
        try await Self.served { port, _ in
            let client = try RawClient(port: port)
            let headers =
                switch kind {
                case 1: "X-A: " + String(repeating: "a", count: 100_000) + "\r\n"
                case 2: (0..<10_000).map { "X-\($0): 1\r\n" }.joined()
                default: (0..<90).map { "X-\($0): " + String(repeating: "b", count: 300) + "\r\n" }.joined()
                }
            client.send(Self.get("/whence", port, headers))
            #expect(client.reply()?.status == 400)
            #expect(client.isClosed())
        }
    }

    @Test func `SEC-31: a large body is refused before it is sent`() async throws {
        try await Self.served { port, _ in
            let client = try RawClient(port: port)
            let head =
                "POST /small HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nSec-Fetch-Site: same-origin\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n"
            client.send(head + "Content-Length: 1000000000\r\n\r\n")
            #expect(client.reply()?.status == 413)
            #expect(client.isClosed())
            let chunked = try RawClient(port: port)
            chunked.send(
                head + "Transfer-Encoding: chunked\r\n\r\n400\r\n" + String(repeating: "a", count: 1_024) + "\r\n")
            #expect(chunked.reply()?.status == 413)
            #expect(chunked.isClosed())
        }
    }

    @Test func `SEC-30: five hundred connections that say nothing hold nobody up, and are closed`() async throws {
        try await Self.served(patience: 5) { port, _ in
            let idle = try (0..<500).map { number in
                let client = try RawClient(port: port)
                if number.isMultiple(of: 2) { client.send("GET /whence HTTP/1.1\r\nHost: 127") }
                return client
            }
            // The fastest of three: other tests want the processor too.
            let times = try (0..<3).map { _ in
                let start = ContinuousClock.now
                let client = try RawClient(port: port)
                client.send(Self.get("/whence", port))
                #expect(client.reply()?.status == 200)
                return ContinuousClock.now - start
            }
            #expect(try #require(times.min()) < .seconds(1))
            #expect(idle.first?.isClosed() == true && idle.last?.isClosed() == true)
        }
    }

    @Test func `SEC-30: a body that trickles in has its time too`() async throws {
        try await Self.served(patience: 1) { port, _ in
            let client = try RawClient(port: port)
            client.send(
                "POST /small HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nSec-Fetch-Site: same-origin\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 90\r\n\r\n")
            let start = ContinuousClock.now
            var isOpen = true
            while isOpen, ContinuousClock.now - start < .seconds(5) {
                isOpen = client.send("a")
                usleep(200_000)
            }
            #expect(!isOpen)
        }
    }

    @Test func `SEC-33: no header says where a request comes from, or who asks`() async throws {
        try await Self.served { port, _ in
            let client = try RawClient(port: port)
            client.send(
                Self.get(
                    "/whence", port,
                    "X-Forwarded-For: 10.9.8.7\r\nForwarded: for=10.9.8.7\r\nX-Real-IP: 10.9.8.7\r\nX-Forwarded-Host: evil\r\n"
                ))
            #expect(client.reply()?.text == "127.0.0.1")
            client.send(Self.get("/demo/read/1", port, "X-Forwarded-User: admin\r\nRemote-User: admin\r\n"))
            #expect(client.reply()?.status == 303)
        }
    }

    @Test func `SEC-19: two hosts, or none, are refused on the wire as well`() async throws {
        try await Self.served { port, _ in
            for head in [
                "GET / HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nHost: evil.example\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost:\r\n\r\n", "GET / HTTP/1.0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
            ] {
                let client = try RawClient(port: port)
                client.send(head)
                #expect([400, 421].contains(client.reply()?.status), "\(head)")
                #expect(client.isClosed())
            }
        }
    }

    @Test func `HEAD says how long the page is and sends none of it`() async throws {
        try await Self.served { port, _ in
            let client = try RawClient(port: port)
            client.send("HEAD /sign-in HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n")
            let head = try #require(client.reply(isHead: true))
            #expect(head.status == 200 && Int(head["content-length"] ?? "") ?? 0 > 500)
            client.send(Self.get("/whence", port))
            #expect(client.reply()?.text == "127.0.0.1")
        }
    }

    @Test func `a reply that is under way when the desk stops is finished`() async throws {
        let sample = SampleDesk()
        var settings = DeskServer.Settings()
        settings.port = 0
        let server = DeskServer(sample.desk, settings)
        let ready = AsyncStream<Int>.makeStream()
        let stop = AsyncStream<Void>.makeStream()
        let serving = Task { try await server.run(until: .stream(stop.stream)) { ready.continuation.yield($0) } }
        var ports = ready.stream.makeAsyncIterator()
        let port = try #require(await ports.next())
        let start = ContinuousClock.now
        let reply = try await Self.apart {
            let client = try RawClient(port: port)
            client.send(Self.get("/slow", port))
            usleep(200_000)
            stop.continuation.finish()
            return client.reply()
        }.get()
        #expect(reply?.text == "done")
        try await serving.value
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func `a port that is taken is said so`() async throws {
        let taken = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(taken) }
        var address = sockaddr_in()
        (address.sin_family, address.sin_addr.s_addr) = (sa_family_t(AF_INET), inet_addr("127.0.0.1"))
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port =
            withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    bind(taken, address, size) == 0 && listen(taken, 1) == 0 && getsockname(taken, address, &size) == 0
                }
            } ? Int(UInt16(bigEndian: address.sin_port)) : 0
        try #require(port > 0)
        var settings = DeskServer.Settings()
        settings.port = port
        let error = await #expect(throws: Failure.self) {
            try await DeskServer(SampleDesk().desk, settings).run { _ in }
        }
        #expect(error?.code == "E-DESK-003")
    }

    // MARK: - Whose connection

    @Test func `SEC-16: over loopback only the user of the desk comes in`() {
        let list = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0100007F:2253 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1 1
               1: 0100007F:D431 0100007F:2253 01 00000000:00000000 00:00000000 00000000  1001        0 2 1
               2: 0100007F:2253 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 3 1
            """
        #expect(LoopbackPeer.owner(in: Array(list.utf8), port: 0xD431, other: 0x2253) == .user(1_001))
        #expect(LoopbackPeer.owner(in: Array(list.utf8), port: 0xD432, other: 0x2253) == .unlisted)
        #expect(LoopbackPeer.owner(in: Array(list.utf8), port: 0xD432, other: 0x2254) == .noSockets)
        #expect(LoopbackPeer.owner(in: [], port: 1, other: 2) == .noSockets)
        // The user's own connection from the same port of another loopback address lets no stranger in.
        let own = list.replacing("0100007F:D431", with: "0200007F:D431").replacing(" 1001 ", with: "    0 ")
        for both in [list + own, own + list] {
            #expect(LoopbackPeer.owner(in: Array(both.utf8), port: 0xD431, other: 0x2253, user: 0) == .user(1_001))
        }
    }
}
