import Testing

@testable import Notices

@Suite struct WebhookAddressTests {
    @Test(arguments: [
        ("https://hooks.example.org/qingku?a=b", "hooks.example.org 443 /qingku?a=b hooks.example.org"),
        ("https://hooks.example.org:8443", "hooks.example.org 8443 / hooks.example.org:8443"),
        ("http://127.0.0.1:9000/x%20y", "127.0.0.1 9000 /x%20y 127.0.0.1:9000"),
        ("http://localhost/x", "localhost 80 /x localhost"), ("http://[::1]:9/", "::1 9 / [::1]:9"),
        ("HTTPS://h/", "h 443 / h"),
    ])
    func `an address is taken apart`(_ text: String, _ parts: String) throws {
        let address = try #require(WebhookAddress(text))
        #expect("\(address.host) \(address.port) \(address.target) \(address.authority)" == parts)
    }

    @Test(arguments: [
        "http://hooks.example.org/", "http://127.0.0.1.example.org/", "http://10.0.0.1/", "ftp://127.0.0.1/",
        "file:///x",
        "https://user:secret@hooks.example.org/", "https://hooks.example.org/#x", "https:///x", "hooks.example.org", "",
        "https://hooks.example.org/\r\nHost: evil", "https://hooks.example.org/ x", "https://h:0/", "https://h:70000/",
    ])
    func `plain text over a network, names and passwords, and what would break a request are refused`(_ text: String) {
        #expect(WebhookAddress(text) == nil)
    }

    @Test func `a number has no name to ask a certificate for`() throws {
        #expect(try #require(WebhookAddress("https://10.0.0.1/")).serverName == nil)
        #expect(try #require(WebhookAddress("https://[fd00::1]/")).serverName == nil)
        #expect(try #require(WebhookAddress("https://h.example/")).serverName == "h.example")
    }
}
