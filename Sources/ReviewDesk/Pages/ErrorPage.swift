import Records

/// A refusal as the visitor sees it: what happened, what to do, a code to look up, and a way on.
enum ErrorPage {
    static func html(_ refusal: Refusal, _ request: DeskRequest) -> DeskResponse {
        let (language, failure) = (request.language, refusal.failure)
        let title = Catalogue.text("error-\(refusal.status)", language)
        return request.page(
            "error", title: title, status: refusal.status,
            [
                "message": failure.message(language), "advice": failure.advice?(language) ?? "", "code": failure.code,
                "isSignedOut": refusal.status == 401, "isSignedIn": request.visitor != nil,
                "signIn": "/sign-in?back=" + PercentEncoding.encode(request.method == .post ? "/" : request.place),
            ])
    }

    private struct Problem: Encodable {
        let code: String
        let message: String
        let advice: String?
    }

    static func json(_ refusal: Refusal, _ request: DeskRequest) -> DeskResponse {
        let (language, failure) = (request.language, refusal.failure)
        let problem = Problem(code: failure.code, message: failure.message(language), advice: failure.advice?(language))
        return (try? .json(problem, status: refusal.status)) ?? .text(failure.code, status: refusal.status)
    }
}
