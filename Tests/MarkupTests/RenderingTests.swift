import Markup
import Testing

private func written(_ html: HTML) -> String { String(decoding: html.rendered(), as: UTF8.self) }

@Suite struct RenderingTests {
    @Test("Text and attribute values are escaped, whatever they hold")
    func escaping() {
        #expect(
            written(p(.title("\"'<>&"), "<script>alert('x') & \"y\"</script>"))
                == "<p title=\"&quot;&#39;&lt;&gt;&amp;\">&lt;script&gt;alert(&#39;x&#39;) &amp; &quot;y&quot;&lt;/script&gt;</p>"
        )
    }

    @Test("Vietnamese letters pass through byte for byte")
    func vietnamese() {
        #expect(written(b("Ủy ban nhân dân – ĐẾN, ỄỖỮ")) == "<b>Ủy ban nhân dân – ĐẾN, ỄỖỮ</b>")
    }

    @Test("Attributes may stand anywhere among the parts, also inside groups and conditions")
    func attributes() {
        let html = input(.group(.id("so"), .name("so")), .when(true, .required), .when(false, .checked))
        #expect(written(html) == "<input id=\"so\" name=\"so\" required>")
    }

    @Test("Void elements have no closing tag, all others have one")
    func closing() {
        for name in ElementName.allCases {
            let text = written(.element(name, []))
            #expect(text == (name.isVoid ? "<\(name.text)>" : "<\(name.text)></\(name.text)>"))
        }
    }

    @Test("No name of an attribute can carry style or script")
    func noStyle() {
        for name in AttributeName.allCases {
            #expect("\(name.text)" != "style" && !"\(name.text)".hasPrefix("on"))
        }
    }

    @Test("Numbers, repeated and absent parts")
    func parts() {
        #expect(
            written(ul(.each([1, 22], { li(.number($0)) }), .maybe(nil as Int?) { li(.number($0)) }))
                == "<ul><li>1</li><li>22</li></ul>")
        #expect(
            written(rect(.x(1), .y(2.5), .width(0.04), .height(-0.25)))
                == "<rect x=\"1\" y=\"2.5\" width=\"0.04\" height=\"-0.25\"></rect>")
    }

    @Test("An empty group is empty; text and numbers are not")
    func emptiness() {
        #expect(HTML.group([.empty, .group([])]).isEmpty)
        #expect(!HTML.group([.number(0)]).isEmpty)
        #expect(HTML.text("").isEmpty)
    }

    @Test("The pretty form indents blocks and keeps a line of text on one line")
    func pretty() {
        let html = div(.class("panel"), h2("Tiêu đề"), ul(li("Một ", b("hai")), li("Ba")))
        #expect(
            html.prettyPrinted == """
                <div class="panel">
                  <h2>Tiêu đề</h2>
                  <ul>
                    <li>Một <b>hai</b></li>
                    <li>Ba</li>
                  </ul>
                </div>

                """)
    }
}
