import Foundation
import HummingbirdTLS
import NIOSSL
import Records

/// Certificate and key of a desk that is reached over a network.
package struct TLSFiles: Sendable {
    /// PEM: the certificate, then those that vouch for it.
    package let certificate: String
    /// PEM, readable by its owner alone.
    package let key: String

    package init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }

    /// TLS 1.2 or 1.3, no certificate asked of the visitor.
    func configuration() throws -> TLSConfiguration {
        try checkMode()
        let chain: [NIOSSLCertificate]
        do { chain = try NIOSSLCertificate.fromPEMFile(certificate) } catch {
            throw unreadable("E-DESK-005", certificate, Text(en: "no certificate in PEM", zh: "不是 PEM 格式的证书"))
        }
        let secret: NIOSSLPrivateKey
        do { secret = try NIOSSLPrivateKey(file: key, format: .pem) } catch {
            throw unreadable(
                "E-DESK-006", key, Text(en: "no private key in PEM without a password", zh: "不是未加密的 PEM 私钥"))
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(secret))
        configuration.minimumTLSVersion = .tlsv12
        do { _ = try NIOSSLContext(configuration: configuration) } catch {
            throw unreadable("E-DESK-006", key, Text(en: "the key is not that of the certificate", zh: "私钥与证书不匹配"))
        }
        return configuration
    }

    private func checkMode() throws {
        let mode = (try? FileManager.default.attributesOfItem(atPath: key))?[.posixPermissions] as? Int
        guard let mode else { throw unreadable("E-DESK-006", key, Text(en: "cannot be read", zh: "无法读取")) }
        guard mode & 0o077 == 0 else {
            throw Failure(
                .notDone, code: "E-DESK-007",
                Text(
                    en: "others may read the key (mode \(String(mode, radix: 8)))",
                    zh: "其他用户可以读取该私钥（权限 \(String(mode, radix: 8))）"),
                at: Place(file: key),
                advice: Text(en: "chmod 600 \(key)", zh: "请运行 chmod 600 \(key)"))
        }
    }

    private func unreadable(_ code: String, _ file: String, _ what: Text) -> Failure {
        Failure(.notDone, code: code, what, at: Place(file: file))
    }
}
