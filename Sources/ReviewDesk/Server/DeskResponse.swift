import Foundation

/// What goes back. The headers of `SecurityHeaders` are added to every one.
package struct DeskResponse: Sendable {
    package struct Cookie: Sendable, Hashable {
        /// Without the prefix that TLS gives it.
        package let name: String
        package let value: String
        /// Seconds; 0 takes it away, `nil` keeps it until the browser closes.
        package var age: Int?

        package init(_ name: String, _ value: String, age: Int? = nil) {
            self.name = name
            self.value = value
            self.age = age
        }
    }

    package var status: Int
    package var contentType: String
    package var body: [UInt8]
    package var headers: [(name: String, value: String)] = []
    package var cookies: [Cookie] = []

    package init(status: Int = 200, contentType: String, body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    package static func html(_ text: String, status: Int = 200) -> DeskResponse {
        DeskResponse(status: status, contentType: "text/html; charset=utf-8", body: Array(text.utf8))
    }

    package static func text(_ text: String, status: Int = 200) -> DeskResponse {
        DeskResponse(status: status, contentType: "text/plain; charset=utf-8", body: Array(text.utf8))
    }

    /// Keys in order.
    package static func json(_ value: some Encodable, status: Int = 200) throws -> DeskResponse {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return DeskResponse(
            status: status, contentType: "application/json; charset=utf-8", body: Array(try encoder.encode(value)))
    }

    /// See other (303): the browser asks for the place with GET.
    ///
    /// - Parameter place: of this desk, beginning with `/`; anything else leads to the first page.
    package static func redirect(to place: String) -> DeskResponse {
        var response = DeskResponse(status: 303, contentType: "text/plain; charset=utf-8", body: [])
        response.headers.append(("Location", isOwn(place) ? place : "/"))
        return response
    }

    /// Whether a text is a place of this desk and of no other host, also as browsers understand it.
    package static func isOwn(_ place: String) -> Bool {
        let bytes = Array(place.utf8)
        guard bytes.first == UInt8(ascii: "/"), bytes.count <= 4_000 else { return false }
        guard bytes.count < 2 || (bytes[1] != UInt8(ascii: "/") && bytes[1] != UInt8(ascii: "\\")) else { return false }
        return bytes.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
    }

    /// A file to keep.
    ///
    /// - Parameter name: without folders; characters that mean something in headers or file names are replaced.
    package static func file(_ bytes: [UInt8], type: String, name: String) -> DeskResponse {
        var response = DeskResponse(contentType: type, body: bytes)
        let plain = String(
            name.unicodeScalars.map { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_": Character(scalar)
                default: "_"
                }
            })
        response.headers.append(
            (
                "Content-Disposition",
                "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(PercentEncoding.encode(name))"
            ))
        return response
    }
}
