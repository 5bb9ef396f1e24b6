import Crypto
import Records

/// A file that is part of the program. Its address holds a digest of its bytes: it is never another file, and browsers
/// keep it for good.
package struct Asset: Sendable {
    package let path: String
    package let response: DeskResponse

    private init(_ bytes: [UInt8], name: String, suffix: String, type: String) {
        let digest = Hex.text(SHA256.hash(data: bytes).prefix(8))
        path = "/assets/\(name)-\(digest).\(suffix)"
        var response = DeskResponse(contentType: type, body: bytes)
        response.headers.append(("Cache-Control", "public, max-age=31536000, immutable"))
        self.response = response
    }

    package static let style = Asset(
        PackageResources.desk_css, name: "desk", suffix: "css", type: "text/css; charset=utf-8")
    package static let script = Asset(
        PackageResources.desk_js, name: "desk", suffix: "js", type: "text/javascript; charset=utf-8")

    package static let reviewStyle = Asset(
        PackageResources.review_css, name: "review", suffix: "css", type: "text/css; charset=utf-8")
    package static let reviewScript = Asset(
        PackageResources.review_js, name: "review", suffix: "js", type: "text/javascript; charset=utf-8")

    package static let draftScript = Asset(
        PackageResources.draft_js, name: "draft", suffix: "js", type: "text/javascript; charset=utf-8")

    package static let all = [style, script, reviewStyle, reviewScript, draftScript]
}
