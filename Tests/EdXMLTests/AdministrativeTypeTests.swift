import EdXML
import Foundation
import Testing

struct AdministrativeTypeTests {
    @Test(
        "E4: types are numbered as in the amended list, however their names are written; others have no number"
    )
    func numbers() {
        #expect(AdministrativeType.number(of: "Công văn") == 18)
        #expect(AdministrativeType.number(of: "CÔNG VĂN ") == 18)
        #expect(AdministrativeType.number(of: "Nghị quyết (cá biệt)") == 1)
        #expect(AdministrativeType.number(of: "Thư công") == 32)
        #expect(AdministrativeType.number(of: "Giấy mời".decomposedStringWithCanonicalMapping) == 25)
        #expect(AdministrativeType.number(of: "Thông tư") == nil)
        #expect(AdministrativeType.number(of: "") == nil)
    }
}
