// One request as the router sees it, with the address it came from.
import Foundation
import Hummingbird
import NIOCore

package struct OfficeContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    let remoteAddress: SocketAddress?

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
    }

    package var maxUploadSize: Int { 1_048_576 }

    /// The visitor's address: the peer's, or what a trusted proxy says.
    func address(of request: Request, _ settings: ServerSettings) -> String {
        let peer = remoteAddress?.ipAddress ?? "127.0.0.1"
        guard settings.behindProxy.contains(where: { $0.contains(peer) }),
            let forwarded = request.headers[.forwardedFor]?.split(separator: ",").last
        else { return peer }
        return forwarded.trimmingCharacters(in: .whitespaces)
    }
}
