// Addresses inside one agency, without its short name. A view with a filter has the filter in its address; an act is a
// verb noun below the paper it is done to.
import Domain
import Foundation

package indirect enum OfficeAddress: Hashable, Sendable {
    // Desk and search
    case desk(DeskKind?, after: String? = nil)
    case search(String, after: String?)

    // Incoming
    case arrivals(ArrivalFilter)
    /// The file first, then the form for the staged file.
    case registerArrival(staged: String?)
    case receiveList(ReceiveFilter = ReceiveFilter())
    case receipt(ID<Receipt>)
    case receiptAct(ID<Receipt>, ReceiptAct)
    case requestAct(ID<Receipt>, ID<ExchangeRequest>, RequestAct)
    /// What a request corrects it to, or what stood before; only its files are read there.
    case requestVersion(ID<Receipt>, ID<ExchangeRequest>)
    case arrival(RegisterNumber)
    case formerVersion(RegisterNumber, ID<ExchangeRequest>)
    case arrivalAct(RegisterNumber, ArrivalAct)

    // Drafting
    case drafts(DraftFilter)
    case newDraft(answering: RegisterNumber?)
    case draft(Int)
    case draftAct(Int, DraftAct)
    case draftVersion(Int, ordinal: Int)
    case removeDraftFile(Int, id: String)

    // Files given to the signing program
    case handover(ID<Handover>)
    case handoverAct(ID<Handover>, HandoverAct)

    // Signing
    /// What waits for my signature; with `all`, everything that can be is ticked.
    case toSign(all: Bool = false, after: String? = nil)
    case signSeveral
    /// One long job; its act stops it.
    case progress(String)
    case stopProgress(String)

    // Certificates
    case certificates
    case testCertificate
    case certificateRequests(CertificateRequestFilter = CertificateRequestFilter())
    case certificateRequestsFile
    case certificateRequestAct(ID<CertificateRequest>, CertificateRequestAct)

    // Outgoing
    case issuedList(IssuedFilter)
    case toIssue
    case issuing(Int)
    case issuingAct(Int, IssuingAct)
    case issued(IssuedNumber, BoardFilter)
    case issuedAct(IssuedNumber, IssuedAct)
    /// Looking for whom it is to be sent to as well, perhaps in the place of one who refused it.
    case moreRecipients(IssuedNumber, words: String? = nil, instead: ID<Delivery>? = nil)
    /// One recipient of it.
    case delivery(IssuedNumber, ID<Delivery>)

    // Troubles of the exchange
    case exchange(ExchangeFilter = ExchangeFilter())
    case messageAct(ID<Envelope>, MessageAct, from: MessagePlace)
    case inboundAct(UUID, InboundAct)
    case channelAct(ChannelAct)

    // Which way documents go, and paper
    case mediumRules(MediumRulesFilter)
    case paperQueue(PaperFilter)
    case paperAct(PaperAct)
    case paperAddresses(PaperState)
    case copyRegister(Int)
    case copyFile(ID<CertifiedCopy>)
    case postingRegister(Int)
    // Danh bạ cơ quan
    case catalogue(CatalogueFilter)
    case newCorrespondent
    case correspondent(ID<Agency>)
    case correctCorrespondent(ID<Agency>)
    case recipientGroups
    case removeRecipientGroup(ID<RecipientGroup>)

    // Files and sheets
    /// The n-th file of the paper at that address, 1 being the letter itself.
    case file(OfficeAddress, Int)
    case original(OfficeAddress)
    case sheet(OfficeAddress, file: Int, page: Int, width: Int)
    case stagedSheet(id: String, page: Int, width: Int)

    package var path: String {
        switch self {
        case .desk(let kind, let after): "viec" + Query().adding("loai", kind?.slug).adding("sau", after).text
        case .search(let words, let after): "tim" + Query().adding("q", words).adding("sau", after).text
        case .arrivals(let filter): "van-ban-den" + filter.query
        case .registerArrival(let staged): "van-ban-den/dang-ky" + Query().adding("tep", staged).text
        case .receiveList(let filter): "van-ban-den/tiep-nhan" + filter.query
        case .receipt(let id): "van-ban-den/tiep-nhan/\(id)"
        case .receiptAct(let id, let act): "van-ban-den/tiep-nhan/\(id)/\(act.rawValue)"
        case .requestAct(let id, let request, let act):
            "van-ban-den/tiep-nhan/\(id)/de-nghi/\(request)/\(act.rawValue)"
        case .requestVersion(let id, let request): "van-ban-den/tiep-nhan/\(id)/de-nghi/\(request)"
        case .formerVersion(let number, let request):
            "van-ban-den/\(number.year)/\(number.number)/ban-truoc/\(request)"
        case .arrival(let number): "van-ban-den/\(number.year)/\(number.number)"
        case .arrivalAct(let number, let act): "van-ban-den/\(number.year)/\(number.number)/\(act.rawValue)"
        default: outgoingPath
        }
    }

    private var outgoingPath: String {
        switch self {
        case .drafts(let filter): "du-thao" + filter.query
        case .newDraft(let answering): "du-thao/lap" + Query().adding("tra-loi", answering?.text).text
        case .draft(let code): "du-thao/\(code)"
        case .draftAct(let code, let act): "du-thao/\(code)/\(act.rawValue)"
        case .draftVersion(let code, let ordinal): "du-thao/\(code)/phien-ban/\(ordinal)"
        case .removeDraftFile(let code, let id): "du-thao/\(code)/tep/\(Query.encoded(id))/xoa"
        case .issuedList(let filter): "van-ban-di" + filter.query
        case .toIssue: "van-ban-di/cho-phat-hanh"
        case .issuing(let code): "van-ban-di/phat-hanh/\(code)"
        case .issuingAct(let code, let act): "van-ban-di/phat-hanh/\(code)/\(act.rawValue)"
        case .issued(let number, let filter):
            "van-ban-di/\(number.year)/\(Query.encoded(number.register))/\(number.number)" + filter.query
        case .issuedAct(let number, let act):
            OfficeAddress.issued(number, BoardFilter()).path + "/\(act.rawValue)"
        case .moreRecipients(let number, let words, let delivery):
            OfficeAddress.issuedAct(number, .addRecipients).path
                + Query().adding("tim", words).adding("thay", delivery?.description).text
        case .delivery(let number, let id):
            OfficeAddress.issued(number, BoardFilter()).path + "/noi-nhan/\(id)"
        default: exchangePath
        }
    }

    private var exchangePath: String {
        switch self {
        case .exchange(let filter): "lien-thong" + filter.query
        case .messageAct(let id, let act, let place):
            "lien-thong/goi-tin/\(id)/\(act.rawValue)" + Query().adding("tu", place.rawValue).text
        case .inboundAct(let id, let act): "lien-thong/goi-den/\(id.uuidString.lowercased())/\(act.rawValue)"
        case .channelAct(let act): "lien-thong/kenh/\(act.rawValue)"
        default: cataloguePath
        }
    }

    private var cataloguePath: String {
        switch self {
        case .catalogue(let filter): "danh-ba" + filter.query
        case .newCorrespondent: "danh-ba/them"
        case .correspondent(let id): "danh-ba/\(id)"
        case .correctCorrespondent(let id): "danh-ba/\(id)/sua"
        case .recipientGroups: "danh-ba/nhom"
        case .removeRecipientGroup(let id): "danh-ba/nhom/\(id)/xoa"
        default: signingPath
        }
    }

    private var signingPath: String {
        switch self {
        case .toSign(let all, let after):
            "du-thao/cho-ky" + Query().adding("chon", all ? "tat-ca" : nil).adding("sau", after).text
        case .signSeveral: "du-thao/cho-ky/ky"
        case .progress(let id): "tien-trinh/\(Query.encoded(id))"
        case .stopProgress(let id): "tien-trinh/\(Query.encoded(id))/dung"
        case .certificates: "chung-thu-so"
        case .testCertificate: "chung-thu-so/kiem-tra"
        case .certificateRequests(let filter): "chung-thu-so/de-nghi" + filter.query
        case .certificateRequestsFile: "chung-thu-so/de-nghi/tong-hop.csv"
        case .certificateRequestAct(let id, let act): "chung-thu-so/de-nghi/\(id)/\(act.rawValue)"
        default: paperPath
        }
    }

    private var paperPath: String {
        switch self {
        case .mediumRules(let filter): "hinh-thuc-gui" + filter.query
        case .paperQueue(let filter): "van-ban-di/gui-giay" + filter.query
        case .paperAct(let act): "van-ban-di/gui-giay/\(act.rawValue)"
        case .paperAddresses(let state):
            "van-ban-di/gui-giay/dia-chi.csv" + Query().adding("trang-thai", state.rawValue).text
        case .copyRegister(let year): "so-ban-sao/\(year)"
        case .copyFile(let id): "ban-sao/\(id)"
        case .postingRegister(let year): "so-gui-van-ban/\(year)"
        default: filePath
        }
    }

    private var filePath: String {
        switch self {
        case .file(let paper, let number): "\(paper.path)/tep/\(number)"
        case .handover(let id): "giao-ky/\(id)"
        case .handoverAct(let id, let act): "giao-ky/\(id)/\(act.rawValue)"
        case .original(let paper): "\(paper.path)/goc"
        case .sheet(let paper, let file, let page, let width):
            "\(paper.path)/tep/\(file)/trang/\(page).png?rong=\(width)"
        case .stagedSheet(let id, let page, let width):
            "tep-tam/\(Query.encoded(id))/trang/\(page).png?rong=\(width)"
        default: ""
        }
    }
}
