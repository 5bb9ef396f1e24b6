/// What every reply says to the browser, errors included.
package enum SecurityHeaders {
    package static let contentSecurityPolicy = """
        default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
        form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'
        """

    package static let cache = "no-store"

    /// - Parameter isSecure: the connection has TLS.
    package static func all(isSecure: Bool) -> [(name: String, value: String)] {
        [
            ("Content-Security-Policy", contentSecurityPolicy),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cache-Control", cache),
        ] + (isSecure ? [("Strict-Transport-Security", "max-age=31536000")] : [])
    }
}
