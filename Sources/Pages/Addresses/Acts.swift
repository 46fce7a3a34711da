// The acts that can be done to a paper, as the last word of the address they are posted to.
import Domain

package enum ReceiptAct: String, Sendable, CaseIterable {
    case accept = "tiep-nhan"
    case refuse = "tu-choi"
}

package enum ArrivalAct: String, Sendable, CaseIterable {
    case direct = "chi-dao"
    case start = "bat-dau"
    case complete = "hoan-thanh"
}

package enum DraftAct: String, Sendable, CaseIterable {
    /// GET shows the form, POST changes the particulars.
    case edit = "sua"
    case addVersion = "phien-ban"
    case addFile = "tep"
    case convertAgain = "chuyen-lai"
    case submit = "trinh"
    case initial = "duyet"
    case submitOnward = "trinh-tiep"
    case giveBack = "tra-lai"
    case takeBack = "lay-lai"
    /// GET shows the signing page, POST signs.
    case sign = "ky"
}

package enum IssuingAct: String, Sendable, CaseIterable {
    /// Number, seal and send; also resumes what a crash left half way.
    case issue = "phat-hanh"
    case returnToSigner = "tra-lai-nguoi-ky"
    case voidNumber = "huy-so"
}

package enum CertificateRequestAct: String, Sendable, CaseIterable {
    /// By the focal unit.
    case answer = "tra-loi"
    /// By whoever asked.
    case withdraw = "rut"
}
