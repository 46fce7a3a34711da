// The server of an office, put together in one place: routes, gate, failures, and the workers beside it.
import BlobStorage
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Operations
import Pages
import ServiceLifecycle
import UnixSignals

package final class OfficeServer: Sendable {
    package let office: Office
    package let runner: OperationRunner
    package let settings: ServerSettings
    let sessions = SessionCache()
    let pictures: PagePictures
    let exchange: ExchangeWorker
    /// For those who ask without signing in.
    let checkPace = CheckPace()
    let checkQueue = CheckQueue()
    /// Keys that were opened for several drafts are in this process only.
    package let batches: BatchSigning

    package init(office: Office, settings: ServerSettings) {
        self.office = office
        self.runner = OperationRunner(office: office)
        self.settings = settings
        self.pictures = PagePictures(folder: settings.cacheFolder, blobs: office.blobs)
        self.exchange = ExchangeWorker(office: office)
        self.batches = BatchSigning(office: office)
    }

    /// Something was committed that a worker may have to carry.
    func wakeWorker() { exchange.wake() }

    package func router() -> Router<OfficeContext> {
        let router = Router(context: OfficeContext.self)
        router.addMiddleware {
            FailureMiddleware(log: office.log, installationName: settings.installationName)
        }
        SignInRoutes(server: self).add(to: router)
        CheckRoutes(server: self).add(to: router)
        AssetRoutes.add(to: router)
        HandoverRoutes(server: self).add(to: router)
        APIGate(server: self).add(to: router)
        let gate = Gate(server: self)
        for route in PageRoutes.all {
            router.on(RouterPath("/:agency/" + route.path), method: route.method) { request, context in
                try await gate.enter(route, request, context)
            }
        }
        return router
    }

    package func application() -> Application<RouterResponder<OfficeContext>> {
        Application(
            router: router(),
            server: .http1(configuration: .init(idleTimeout: .seconds(75))),
            configuration: .init(address: .hostname(settings.host, port: settings.port), serverName: nil),
            logger: office.log)
    }
}

enum AssetRoutes {
    static func add(to router: Router<OfficeContext>) {
        router.get("/tai-nguyen/:file") { _, context in
            guard let asset = context.parameters.get("file").flatMap(Assets.named) else {
                throw HTTPError(.notFound)
            }
            return Response(
                status: .ok,
                headers: [
                    .contentType: asset.mediaType, .cacheControl: "public, max-age=31536000, immutable",
                ], body: .init(byteBuffer: ByteBuffer(bytes: asset.bytes)))
        }
        router.get("/favicon.ico") { _, _ in Response(status: .noContent) }
        router.get("/suc-khoe") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain"],
                body: .init(byteBuffer: ByteBuffer(string: "ok\n")))
        }
    }
}

extension OfficeServer {
    func blobPath(_ hash: String) -> String? { BlobHash(hex: hash).map(office.blobs.path(of:)) }
}

extension OfficeServer {
    /// Serves until the process is asked to stop; requests under way are finished.
    package func run() async throws {
        var services: [any Service] = [application(), Batches(batches: batches)]
        if let vanthu = office.exchange.vanthu, let listener = vanthu.listen {
            let door = ExchangeDoor(office: office, settings: vanthu, listener: listener) { [exchange] in
                exchange.wakeReaders()
            }
            services.append(try door.application())
        }
        if settings.runsWorker {
            services.append(Workers(office: office, exchange: exchange, pictures: pictures))
        }
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: office.log)
        configuration.maximumGracefulShutdownDuration = .seconds(20)
        try await ServiceGroup(configuration: configuration).run()
    }
}

/// Batches of signatures go on in the server that has their key, also where there is no worker beside it.
private struct Batches: Service {
    let batches: BatchSigning

    func run() async throws { await cancelWhenGracefulShutdown { await batches.run() } }
}

/// What goes on beside the pages: carrying messages between agencies, making PDFs, clearing away what nobody fetched.
package struct Workers: Service {
    let office: Office
    let exchange: ExchangeWorker
    let pictures: PagePictures

    init(office: Office, exchange: ExchangeWorker, pictures: PagePictures) {
        self.office = office
        self.exchange = exchange
        self.pictures = pictures
    }

    package func run() async throws {
        let conversions = ConversionWorker(office: office), sweeper = Sweeper(office: office)
        let remote = RemoteSigning(office: office), raising = LevelRaising(office: office)
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await exchange.run() }
                group.addTask { await conversions.run() }
                group.addTask { await VerdictWorker(office: office).run() }
                group.addTask { await sweeper.run() }
                group.addTask { await pictures.keepTidy() }
                group.addTask { await remote.run() }
                group.addTask { await raising.run() }
            }
        }
    }
}
