import Foundation
import Testing

/// A desk with a certificate, as others reach it.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl"), "openssl makes the certificate"))
struct TLSTests {
    /// A certificate for this machine that vouches for itself, as a test needs it.
    private func makeCertificate(in folder: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder + "/key.pem",
            "-out", folder + "/certificate.pem",
        ]
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder + "/key.pem")
    }

    /// One line for each try: TLS 1.0 to 1.3 and what came of it, then what plain HTTP gets, then the cookie's name.
    private static let visits = """
        import socket, ssl, sys, warnings
        warnings.simplefilter("ignore")
        port, trusted = int(sys.argv[1]), sys.argv[2]
        ask = f"GET /sign-in HTTP/1.1\\r\\nHost: 127.0.0.1:{port}\\r\\nConnection: close\\r\\n\\r\\n".encode()

        def read(stream):
            data = b""
            while piece := stream.recv(65536):
                data += piece
            return data

        for version in ("TLSv1", "TLSv1_1", "TLSv1_2", "TLSv1_3"):
            context = ssl.create_default_context(cafile=trusted)
            context.set_ciphers("DEFAULT:@SECLEVEL=0")
            context.minimum_version = context.maximum_version = ssl.TLSVersion[version]
            try:
                with socket.create_connection(("127.0.0.1", port), 120) as plain:
                    with context.wrap_socket(plain, server_hostname="127.0.0.1") as stream:
                        stream.sendall(ask)
                        reply = read(stream)
                print(version, reply.split()[1].decode())
            except (ssl.SSLError, ConnectionError):
                print(version, "refused")
        head = reply.split(b"\\r\\n\\r\\n")[0].lower()
        print("cookie", b"set-cookie: __host-" in head and b"; secure" in head)
        with socket.create_connection(("127.0.0.1", port), 120) as plain:
            plain.sendall(ask)
            try:
                reply = read(plain)
            except ConnectionError:
                reply = b""
        print("plain", b"HTTP/1.1 200" in reply, b"<" in reply)
        """

    @Test func `SEC-2, SEC-3: old TLS is refused, and plain HTTP gets nothing`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            #expect(try registry.clean().status == 0)
            try makeCertificate(in: folder)
            let password = folder + "/password"
            try "four words for li\n".write(toFile: password, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: password)
            #expect(
                try registry.run("account", "add", "li", "--role", "viewer", "--password-file", password).status == 0)
            let desk = try RunningDesk(
                registry.workspace,
                ["--tls-certificate", folder + "/certificate.pem", "--tls-key", folder + "/key.pem"])
            #expect(desk.url.hasPrefix("https://"))
            let visits = try python(["-c", Self.visits, "\(desk.port)", folder + "/certificate.pem"])
            #expect(
                visits.output == """
                    TLSv1 refused
                    TLSv1_1 refused
                    TLSv1_2 200
                    TLSv1_3 200
                    cookie True
                    plain False False

                    """, "\(visits.errors)")
            #expect(try desk.stop().status == 0)
        }
    }
}
