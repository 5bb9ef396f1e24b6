package import Records

/// A request that gets an error page, or an error as JSON, with this status.
package struct Refusal: Error, Sendable {
    package let status: Int
    package let failure: Failure
    /// Seconds after which another try may succeed.
    package var retryAfter: Int?
    /// Methods that the path has, when the one asked for is not among them.
    package var allowed: [String] = []
    /// The rest of the request is not read.
    package var closes = false

    package init(_ status: Int, _ kind: Failure.Kind, code: String, _ message: Text, advice: Text? = nil) {
        self.status = status
        failure = Failure(kind, code: code, message, advice: advice)
    }

    package init(_ status: Int, _ failure: Failure) {
        self.status = status
        self.failure = failure
    }

    /// What a failure of the rest of the program means over HTTP.
    package init(_ failure: Failure) {
        let status =
            switch failure.kind {
            case .badInput: 400
            case .notPermitted: 403
            case .notDone: 409
            case .busy, .interrupted: 503
            case .verification, .storage: 500
            }
        self.init(status, failure)
        if status == 503 { retryAfter = Self.patience }
    }

    /// Seconds after which a workspace that is busy may be free.
    private static let patience = 10
}

extension Refusal {
    package static let badRequest = Refusal(
        400, .badInput, code: "E-WEB-400",
        Text(en: "The request is not understood.", zh: "无法理解该请求。"),
        advice: Text(en: "Go back and try again; nothing was changed.", zh: "请返回重试；未作任何改动。"))

    /// Where the request ends is in doubt, or it has a body and should have none: what is in it could be taken for a further
    /// request.
    package static let unframed: Refusal = {
        var refusal = badRequest
        refusal.closes = true
        return refusal
    }()

    package static let signedOut = Refusal(
        401, .notPermitted, code: "E-WEB-401",
        Text(en: "You are not signed in, or your session has ended.", zh: "您尚未登录，或会话已结束。"),
        advice: Text(
            en: "Sign in again. Nothing was saved; with JavaScript on, what you typed comes back then, in this tab.",
            zh: "请重新登录。未保存任何内容；启用 JavaScript 时，登录后您输入的内容会在此标签页中恢复。"))

    package static let forbidden = Refusal(
        403, .notPermitted, code: "E-WEB-403",
        Text(en: "Your account may not do this.", zh: "您的账户无权执行此操作。"),
        advice: Text(
            en: "Ask the person who manages accounts for the role that may.", zh: "如有需要，请向账户管理员申请相应角色。"))

    package static let foreign = Refusal(
        403, .notPermitted, code: "E-WEB-431",
        Text(
            en: "The request did not come from a page of this desk, or from one that is out of date.",
            zh: "该请求并非来自本平台的页面，或页面已过期。"),
        advice: Text(en: "Load the page again and repeat; nothing was changed.", zh: "请重新载入页面后再试；未作任何改动。"))

    package static let notFound = Refusal(
        404, .badInput, code: "E-WEB-404", Text(en: "There is nothing here.", zh: "此处没有内容。"),
        advice: Text(
            en: "The address may be mistyped, or what it showed is no longer there.", zh: "地址可能有误，或其内容已不存在。"))

    package static func method(allowed: [String]) -> Refusal {
        var refusal = Refusal(
            405, .badInput, code: "E-WEB-405", Text(en: "This address does not take that.", zh: "该地址不接受这种请求。"),
            advice: Text(en: "Go back and use the buttons of the page.", zh: "请返回并使用页面上的按钮。"))
        refusal.allowed = allowed
        return refusal
    }

    /// What somebody else did in the meantime stands.
    package static func conflict(_ message: Text, advice: Text? = nil) -> Refusal {
        Refusal(409, .notDone, code: "E-WEB-409", message, advice: advice)
    }

    package static let tooLarge: Refusal = {
        var refusal = Refusal(
            413, .badInput, code: "E-WEB-413", Text(en: "That is more than this page takes.", zh: "提交的内容超出此页面的限制。"),
            advice: Text(en: "Send less at once; nothing was changed.", zh: "请减少一次提交的内容；未作任何改动。"))
        refusal.closes = true
        return refusal
    }()

    package static let mediaType = Refusal(
        415, .badInput, code: "E-WEB-415",
        Text(en: "The request is not in the form this address takes.", zh: "请求的格式不是该地址所接受的。"))

    package static let misdirected: Refusal = {
        var refusal = Refusal(
            421, .notPermitted, code: "E-WEB-421",
            Text(en: "This desk does not answer under that name.", zh: "本平台不以该名称提供服务。"),
            advice: Text(
                en: "Use the address that qingku review printed.", zh: "请使用 qingku review 打印的地址。"))
        refusal.closes = true
        return refusal
    }()

    package static func tooMany(wait seconds: Int) -> Refusal {
        var refusal = Refusal(
            429, .notPermitted, code: "E-WEB-429",
            Text(en: "Too many tries. Wait \(seconds) s.", zh: "尝试次数过多。请等待 \(seconds) 秒。"),
            advice: Text(
                en: "Other accounts are not held up. The tries are on record.", zh: "其他账户不受影响。这些尝试已记录在案。"))
        refusal.retryAfter = seconds
        return refusal
    }

    /// What went wrong is in the log of the desk, not on the page.
    package static func inside(_ id: String) -> Refusal {
        Refusal(
            500, .storage, code: "E-WEB-500",
            Text(en: "Something went wrong inside the desk (\(id)).", zh: "平台内部出现错误（\(id)）。"),
            advice: Text(
                en: "What was shown as saved is saved. Try again; if it happens again, tell whoever runs the desk.",
                zh: "已显示保存的内容均已保存。请重试；如再次出现，请告知平台的运行人员。"))
    }
}
