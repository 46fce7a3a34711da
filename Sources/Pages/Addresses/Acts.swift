// The acts that can be done to a paper, as the last word of the address they are posted to.
import Domain

package enum ReceiptAct: String, Sendable, CaseIterable {
    case accept = "tiep-nhan"
    case refuse = "tu-choi"
    /// The files go through the virus scanner once more.
    case scan = "quet-lai"
    /// What was read from a mail is put right.
    case correct = "sua-thong-tin"
}

/// What the recipient's clerk answers to a request of the sender.
package enum RequestAct: String, Sendable, CaseIterable {
    case agree = "dong-y"
    case refuse = "khong-dong-y"
}

/// What the sender's clerk asks about a document that has gone.
package enum IssuedAct: String, Sendable, CaseIterable {
    case recall = "lay-lai"
    case update = "cap-nhat"
    /// Once more to a recipient who refused it.
    case sendAgain = "gui-lai"
    /// What a recipient on paper or by mail told the clerk.
    case noteStatus = "ghi-tinh-trang"
    /// GET finds somebody in the catalogue, POST sends it there as well.
    case addRecipients = "gui-them"
}

/// What a clerk does about a message that has not left.
package enum MessageAct: String, Sendable, CaseIterable {
    case revive = "gui-lai"
    case giveUp = "thoi-gui"
}

/// Which page such a button stands on; its result is shown there.
package enum MessagePlace: String, Sendable, CaseIterable {
    case troubles = "lien-thong"
    case board = "bang"
    case recipient = "noi-nhan"
}

/// What an administrator does about a message that came and could not be read.
package enum InboundAct: String, Sendable, CaseIterable {
    case reopen = "doc-lai"
    case dismiss = "bo-qua"
}

/// Stopping a channel, or one partner of it, and letting it go on.
package enum ChannelAct: String, Sendable, CaseIterable {
    case hold = "tam-dung"
    case release = "mo-lai"
}

package enum ArrivalAct: String, Sendable, CaseIterable {
    case direct = "chi-dao"
    case start = "bat-dau"
    case complete = "hoan-thanh"
    /// POST puts the signed arrival stamp on the agency's own copy, GET downloads that copy.
    case stamp = "dau-den"
    /// The paper has come.
    case paper = "ban-giay"
}

package enum DraftAct: String, Sendable, CaseIterable {
    /// GET shows the form, POST changes the particulars.
    case edit = "sua"
    /// GET shows the page of recipients, POST writes them into the draft.
    case recipients = "noi-nhan"
    /// That page again, with what was found or ticked so far; nothing is done.
    case findRecipients = "tim-noi-nhan"
    case media = "hinh-thuc"
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
    /// Gives the prepared file to the signing program on the person's own machine.
    case handOver = "ky-vgca"
}

package enum IssuingAct: String, Sendable, CaseIterable {
    /// Number, seal and send; also resumes what a crash left half way.
    case issue = "phat-hanh"
    /// Shows again by which medium it would go to each of the chosen.
    case media = "hinh-thuc"
    /// Takes the number and gives the files to the signing program, one after the other.
    case handOver = "dong-dau-vgca"
    case returnToSigner = "tra-lai-nguoi-ky"
    case voidNumber = "huy-so"
    /// Looks recipients up in the catalogue; nothing is done, what is filled in stays.
    case findRecipients = "tim-noi-nhan"
    /// Keeps those ticked under a name; the page stays as it is filled in.
    case saveGroup = "luu-nhom"
}

package enum PaperAct: String, Sendable, CaseIterable {
    case certify = "sao-y"
    case print = "da-in"
    case post = "da-gui"
}

package enum HandoverAct: String, Sendable, CaseIterable {
    /// The program is there: gives the script the tokens for this time.
    case connect = "noi"
    /// How it stands, for the script.
    case state = "trang-thai"
    case cancel = "huy"
}

package enum CertificateRequestAct: String, Sendable, CaseIterable {
    /// By the focal unit.
    case answer = "tra-loi"
    /// By whoever asked.
    case withdraw = "rut"
}
