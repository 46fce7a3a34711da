// What the signing program (VGCA Sign Service) is asked over its WebSocket, and what an upload is answered: the names are
// the program's own, as its public plug-in and the integrations around it write them.
import Domain
import Foundation
import Operations
import Pages
import Store

struct ToolRequest {
    let view: HandoverView
    let tokens: HandoverTokens

    init(_ view: HandoverView, _ tokens: HandoverTokens) { (self.view, self.tokens) = (view, tokens) }

    /// The path that names what is to be done.
    static func function(_ purpose: HandoverPurpose) -> String {
        switch purpose {
        case .signDraft: "SignApproved"
        case .sealLetter: "SignIssued"
        case .sealEnclosure: "SignAppendix"
        case .stampArrival: "SignIncome"
        }
    }

    /// Both addresses stand without the host: the page knows under which name it reached us. The sealed letter has its
    /// number and date already, so the program is given none to print; an enclosure's signature says them.
    var json: JSONValue {
        var request: [String: JSONValue] = [
            "FileName": .string(Address.handoverFile(token: tokens.download).path),
            "FileUploadHandler": .string(Address.handoverReturn(token: tokens.upload).path),
            "SessionId": "", "JWTToken": "", "DocNumber": "", "IssuedDate": "", "MetaData": [],
        ]
        if view.handover.subject.purpose == .sealEnclosure, let issuance = view.issuance {
            request["DocNumber"] = .string(issuance.numberAndNotation)
            request["IssuedDate"] = .string("\(issuance.date.iso)T00:00:00+07:00")
        }
        return .object(request)
    }
}

/// The program shows `Message` to whoever signs.
struct ToolAnswer: Encodable {
    var status = false
    var message = ""
    var fileName = ""
    /// The program hands it on to the page.
    var fileServer = ""

    enum CodingKeys: String, CodingKey {
        case status = "Status", message = "Message", fileName = "FileName", fileServer = "FileServer"
    }
}
