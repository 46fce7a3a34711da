import MailMessages
import Testing

/// What is believed of who sent a message.
@Suite struct AuthenticationTests {
    private func vouches(_ field: String, for domain: String = "kiengiang.gov.vn") -> Bool {
        AuthenticationResults(field)?.vouches(for: domain) == true
    }

    @Test("E6: a signature, a machine or both of the very domain vouch for its address")
    func passes() {
        for field in [
            "mx.rachgia.gov.vn; dkim=pass header.d=kiengiang.gov.vn",
            "MX.rachgia.gov.vn 1; spf=none; DKIM=Pass (1024-bit; key) header.i=@x.y header.d=KienGiang.gov.vn",
            "mx.rachgia.gov.vn; spf=pass smtp.mailfrom=vanthu@kiengiang.gov.vn",
            "mx.rachgia.gov.vn; spf=pass smtp.mailfrom=\"vanthu@kiengiang.gov.vn\"",
            "mx.rachgia.gov.vn; dmarc = pass (p=none) header.from = kiengiang.gov.vn",
            "mx.rachgia.gov.vn;\t dkim/1=pass reason=\"good; signature\" header.d=kiengiang.gov.vn",
        ] { #expect(vouches(field), "\(field)") }
    }

    @Test(
        "E6: nothing else does: another domain, one above or below, another verdict, words in comments and quotes"
    )
    func doesNotPass() {
        for field in [
            "", ";", "mx", "dkim=pass header.d=kiengiang.gov.vn", "mx; none",
            "mx; dkim=fail header.d=kiengiang.gov.vn", "mx; dkim=pass header.d=gov.vn",
            "mx; dkim=pass header.d=so.kiengiang.gov.vn",
            "mx; dkim=pass header.d=kiengiang.gov.vn.xau.example",
            "mx; dkim=pass header.i=@kiengiang.gov.vn", "mx; spf=pass smtp.helo=kiengiang.gov.vn",
            "mx; spf=pass smtp.mailfrom=kiengiang.gov.vn@xau.example",
            "mx; arc=pass header.d=kiengiang.gov.vn",
            "mx; dkim=neutral (dkim=pass header.d=kiengiang.gov.vn)",
            "mx; dkim=fail reason=\"; dkim=pass header.d=kiengiang.gov.vn\"",
            "mx; dkim=fail reason=\"a\\\"; dkim=pass header.d=kiengiang.gov.vn\"",
            "mx; x=y header.d=kiengiang.gov.vn dkim=pass", "mx; dkim=pass; header.d=kiengiang.gov.vn",
            "mx; dkim=pass header.d=xau.example header.d=kiengiang.gov.vn",
            "mx (" + String(repeating: "(", count: 10_000) + "; dkim=pass header.d=kiengiang.gov.vn",
        ] { #expect(!vouches(field), "\(field.prefix(80))") }
        #expect(!vouches("mx; dkim=pass header.d=", for: ""))
    }

    @Test("E6: who says so stands first")
    func server() {
        #expect(AuthenticationResults(" (x) MX.Rachgia.gov.vn (y) 1; none")?.server == "mx.rachgia.gov.vn")
    }
}
