// The one table of page addresses inside an agency. The gate stands before every one of them, and a test walks the whole
// table as a stranger: another agency's pages answer 404 on every address.
import Hummingbird
import HTTPTypes
import Pages

package struct PageRoute: Sendable {
    package let method: HTTPRequest.Method
    /// Below `/{agency}/`, with `:parameters`.
    package let path: String
    let handle: @Sendable (Visit) async throws -> Reply

    static func get(_ path: String, _ handle: @escaping @Sendable (Visit) async throws -> Reply) -> PageRoute
    {
        PageRoute(method: .get, path: path, handle: handle)
    }

    static func post(_ path: String, _ handle: @escaping @Sendable (Visit) async throws -> Reply) -> PageRoute
    {
        PageRoute(method: .post, path: path, handle: handle)
    }
}

package enum PageRoutes {
    package static let all: [PageRoute] =
        DeskRoutes.all + SearchHandler.all
        + IncomingRoutes.all + ReceiptHandlers.all + ArrivalHandlers.all
        + DraftRoutes.all + DraftRecipientsHandlers.all + DraftHandlers.all + DraftFiles.all
        + SignHandlers.all + BatchHandlers.all
        + HandoverHandlers.all
        + IssuingHandlers.all + IssuedHandlers.all + DeliveryHandlers.all + TroubleHandlers.all
        + MoreRecipientsHandlers.all
        + FileRoutes.all + CertificateHandlers.all
        + MediumRulesHandlers.all + PaperHandlers.all + CatalogueHandlers.all
}
