import Domain
import Foundation
import Markup
import Testing

@testable import Pages

/// What a page is made of, read off its tree.
private struct PageParts {
    var elements: [(name: ElementName, attributes: [(AttributeName, String)])] = []
    var text = ""

    init(_ html: HTML) { read(html) }

    private mutating func read(_ html: HTML) {
        switch html {
        case .text(let words): text += words + " "
        case .group(let parts): parts.forEach { read($0) }
        case .element(let name, let parts):
            elements.append((name, Self.attributes(parts)))
            parts.forEach { read($0) }
        case .number, .raw, .attribute, .flag: break
        }
    }

    private static func attributes(_ parts: [HTML]) -> [(AttributeName, String)] {
        parts.flatMap { part -> [(AttributeName, String)] in
            switch part {
            case .attribute(let name, let value): [(name, value)]
            case .flag(let name): [(name, "")]
            case .group(let inner): attributes(inner)
            default: []
            }
        }
    }

    func values(_ name: AttributeName, of element: ElementName? = nil) -> [String] {
        elements.filter { element == nil || $0.name == element }
            .flatMap { $0.attributes.filter { $0.0 == name }.map(\.1) }
    }
}

@Suite struct PagesTests {
    @Test(
        "Every page is under 100 KB of HTML, also with 50 rows or 5,000 recipients",
        arguments: SamplePages.all)
    func size(_ page: SamplePage) {
        #expect(page.html.rendered().count < 100_000)
    }

    @Test(
        "Every page has one h1, one main part, a title and no two elements with one id",
        arguments: SamplePages.all)
    func outline(_ page: SamplePage) {
        let parts = PageParts(page.html)
        for name in [ElementName.h1, .main, .title, .body] {
            #expect(parts.elements.count { $0.name == name } == 1)
        }
        let ids = parts.values(.id)
        #expect(
            Set(ids).count == ids.count,
            "\(Dictionary(grouping: ids, by: \.self).filter { $1.count > 1 }.keys)")
    }

    @Test(
        "Every label, description and link inside the page leads to something there",
        arguments: SamplePages.all)
    func references(_ page: SamplePage) {
        let parts = PageParts(page.html)
        let ids = Set(parts.values(.id))
        let pointed =
            parts.values(.for) + parts.values(.form) + parts.values(.list)
            + (parts.values(.ariaDescribedby) + parts.values(.ariaLabelledby)).flatMap {
                $0.split(separator: " ").map(String.init)
            }
            + parts.values(.href).filter { $0.hasPrefix("#") }.map { String($0.dropFirst()) }
        for id in pointed { #expect(ids.contains(id), "#\(id)") }
    }

    @Test("Every form that changes something carries the request's seal", arguments: SamplePages.all)
    func seals(_ page: SamplePage) {
        let parts = PageParts(page.html)
        let posts = parts.values(.method, of: .form).count { $0 == "post" }
        #expect(parts.values(.name, of: .input).count { $0 == FormFields.csrf } == posts)
    }

    @Test("Links and forms stay on this host", arguments: SamplePages.all)
    func links(_ page: SamplePage) {
        let parts = PageParts(page.html)
        for address in parts.values(.href) + parts.values(.src) + parts.values(.action)
            + parts.values(.formaction)
        {
            #expect(
                address.hasPrefix("/") && !address.hasPrefix("//") || address.hasPrefix("#"), "\(address)")
        }
    }

    @Test("No page shouts, speaks of the machine, or shows what is not there yet", arguments: SamplePages.all)
    func words(_ page: SamplePage) {
        let text = PageParts(page.html).text
        for word in [
            "!", "workflow", "session", "upload", "OK", "Submit", "Lưu trữ", "Thư nội bộ", "Báo cáo tháng",
        ] {
            #expect(!text.contains(word), "\(word)")
        }
    }

    @Test("What was typed comes back in the refused form, escaped")
    func typed() {
        let html = DraftEditPage(
            frame: SampleOffice.frame(.officer), code: nil, types: SampleOffice.types,
            entries: Entries([
                FormFields.abstract: "</textarea><script>x</script>", FormFields.type: "bao-cao",
            ]),
            refusals: [.missing(.notation)], seal: SampleOffice.seal
        ).html()
        let text = String(decoding: html.rendered(), as: UTF8.self)
        #expect(text.contains("&lt;/textarea&gt;&lt;script&gt;x&lt;/script&gt;</textarea>"))
        #expect(text.contains("<option value=\"bao-cao\" selected>Báo cáo</option>"))
        #expect(text.contains("href=\"#ky-hieu\""))
    }

    @Test("A PIN or password is never shown again")
    func secrets() {
        for page in SamplePages.all {
            for element in PageParts(page.html).elements
            where element.attributes.contains(where: { $0 == (.type, "password") }) {
                #expect(!element.attributes.contains { $0.0 == .value }, "\(page.name)")
            }
        }
    }

    @Test("A closed door is visible, cannot be pressed and points to its reasons; a hidden one is not there")
    func doors() {
        func written(_ door: Door) -> String {
            String(
                decoding: DoorButton(door: door, words: "Ký", reasonsID: "vi-sao").submit().rendered(),
                as: UTF8.self)
        }
        #expect(written(.open) == "<button class=\"btn\" type=\"submit\">Ký</button>")
        #expect(
            written(Door([.noKey])).contains(
                "type=\"button\" aria-disabled=\"true\" aria-describedby=\"vi-sao\""))
        #expect(written(.hidden).isEmpty)
    }

    @Test("The sign-in page, laid out for reading")
    func golden() {
        let html = SignInPage(installationName: "RẠCH GIÁ", csrf: "k").html()
        let main = html.prettyPrinted.split(separator: "\n").filter {
            !$0.contains("<link") && !$0.contains("<script")
        }
        .drop { !$0.contains("<main") }.prefix { !$0.contains("</main") }
        #expect(
            main.joined(separator: "\n").replacing("    <main", with: "<main").replacing("\n    ", with: "\n")
                == """
                <main id="noi-dung">
                  <div class="panel card">
                    <div class="in stack">
                      <h1>Đăng nhập</h1>
                      <form class="form" method="post" action="/dang-nhap">
                        <input type="hidden" name="_csrf" value="k">
                        <div class="field c12"><label class="need" for="ten-dang-nhap">Tên đăng nhập</label><input id="ten-dang-nhap" name="ten-dang-nhap" required type="text" value="" autocomplete="username" spellcheck="false" autofocus></div>
                        <div class="field c12"><label class="need" for="mat-khau">Mật khẩu</label><input id="mat-khau" name="mat-khau" required type="password" autocomplete="current-password" spellcheck="false"></div>
                        <p class="c12 btns"><button class="btn main wide-btn">Đăng nhập</button></p>
                      </form>
                      <p class="small"><a href="/kiem-tra">Kiểm tra văn bản, không cần đăng nhập</a></p>
                    </div>
                  </div>
                """)
    }
}
