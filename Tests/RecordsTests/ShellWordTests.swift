import Records
import Testing

@Suite struct ShellWordTests {
    @Test(
        "A word is quoted where a shell would take it apart",
        arguments: [
            ("registry.qingku", "registry.qingku"), ("/data/清库/w-1_b", "/data/清库/w-1_b"),
            ("people=a.csv", "people=a.csv"),
            ("my register", "'my register'"), ("a'b", #"'a'\''b'"#), ("$HOME", "'$HOME'"), ("a;rm", "'a;rm'"),
            ("", "''"),
            ("~/w", "'~/w'"), ("a\nb", "'a\nb'"),
        ])
    func quoted(_ text: String, _ word: String) {
        #expect(text.shellWord == word)
    }
}
