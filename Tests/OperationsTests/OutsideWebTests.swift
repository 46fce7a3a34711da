import Operations
import PDFSignatures
import Testing

/// The signature engine's way out of the house.
struct OutsideWebTests {
    private func failure(_ web: OutsideWeb, _ url: String) -> WebFailure? {
        do throws(WebFailure) {
            _ = try web.send(WebRequest(url: url, patience: 5))
            return nil
        } catch { return error }
    }

    @Test("H2: what a certificate names inside the house is not asked, a configured service there is")
    func policy() throws {
        // Nobody listens on port 1: who is let through finds nobody.
        let service = "http://127.0.0.1:1/tsa"
        #expect(failure(OutsideWeb(), service) == .refused("address 127.0.0.1"))
        guard case .unreachable = failure(OutsideWeb(services: [service]), service) else {
            Issue.record("the service was not let through")
            return
        }
        let configured = OutsideWeb(services: [service])
        #expect(failure(configured, "http://127.0.0.1:2/crl") == .refused("address 127.0.0.1"))
        #expect(failure(configured, "http://localhost:1/crl")?.isRefusal == true)
    }

    @Test("only addresses of the web are asked")
    func schemes() {
        for url in ["ldap://ca.example.vn/cn=CA", "file:///etc/hostname", "ca.crl"] {
            #expect(failure(OutsideWeb(), url) == .refused("not an http or https address"), "\(url)")
        }
    }
}

extension WebFailure {
    fileprivate var isRefusal: Bool { if case .refused = self { true } else { false } }
}
