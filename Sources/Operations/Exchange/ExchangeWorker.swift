// Liên thông: keeps every channel going, each by itself, so that a partner who answers slowly holds up nobody else; reads
// what has come in. A bell rings after acts that send; beside it every channel is looked at once a second.
import Domain
import Foundation
import Logging
import Store

package final class ExchangeWorker: Sendable {
    private let office: Office
    private let exchanges: [any DocumentExchange]
    private let reader: InboundReader
    private let life: WorkerLife
    private let pollEvery: Duration
    private let bells: [Bell]

    package init(
        office: Office, batch: Int = 20, pollEvery: Duration = .seconds(1), links: [any WireLink]? = nil
    ) {
        self.office = office
        self.pollEvery = pollEvery
        let life = WorkerLife(office)
        self.life = life
        let set = links ?? office.exchange.links(office)
        let wires = set + MissingChannel.all(besides: set)
        exchanges =
            [LoopbackExchange(office: office, batch: batch)]
            + wires.flatMap { WireExchange.all(office: office, link: $0, life: life) }
        reader = InboundReader(office: office, life: life)
        bells = exchanges.map { _ in Bell() } + [Bell()]
    }

    /// There may be something to carry or to read: called after an act that sends, and after something came.
    package func wake() { for bell in bells { bell.ring() } }

    /// Something came and is to be read; called for each message, so that the lanes out need not look each time.
    package func wakeReaders() { bells.last?.ring() }

    /// Carries until the task is cancelled. To be called once.
    package func run() async {
        await attempt { try await self.giveBack() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [self] in
                await again(every: WorkerLife.renewEvery) { try await self.life.renew() }
            }
            group.addTask { [self] in
                await again(every: WorkerLife.lookEvery) { _ = try await self.giveBack() }
            }
            for (exchange, bell) in zip(exchanges, bells) {
                group.addTask { [self] in
                    await bell.everyRing(orEvery: pollEvery) {
                        await self.attempt { try await self.carryAll(exchange) }
                    }
                }
                if let pause = exchange.collectEvery {
                    group.addTask { [self] in await collect(exchange, every: pause) }
                }
            }
            if let bell = bells.last {
                for _ in 0..<2 {
                    group.addTask { [self] in
                        await bell.everyRing(orEvery: pollEvery) {
                            await self.attempt { try await self.readAll() }
                        }
                    }
                }
            }
        }
    }

    /// Carries everything that is due on every channel, and what that causes. Returns how many messages were carried.
    @discardableResult
    package func runOnce() async throws -> Int {
        var carried = 0
        while !Task.isCancelled {
            var round = 0
            for exchange in exchanges { round += try await carryAll(exchange) }
            round += try await readAll()
            if round == 0 { break }
            carried += round
        }
        return carried
    }

    private func carryAll(_ exchange: any DocumentExchange) async throws -> Int {
        var carried = 0
        while !Task.isCancelled {
            let count = try await exchange.carryDue()
            if count == 0 { break }
            carried += count
            // A status that is to go back may go by another channel.
            wake()
        }
        return carried
    }

    private func readAll() async throws -> Int {
        var count = 0, mayHaveSent = false
        while !Task.isCancelled {
            let reading = try await reader.readNext()
            if reading == .nothing { break }
            if reading == .entered { mayHaveSent = true }
            count += 1
        }
        if mayHaveSent { wake() }
        return count
    }

    private func collect(_ exchange: any DocumentExchange, every pause: Duration) async {
        while !Task.isCancelled {
            await attempt {
                let count = try await exchange.collect()
                if count > 0 { self.wakeReaders() }
                return count
            }
            try? await Task.sleep(for: pause)
        }
    }

    private func giveBack() async throws -> Int {
        if try await life.giveBackOfTheDead() {
            wake()
            try await Sweeper(office: office).clearAfterTheDead()
        }
        return 0
    }

    private func again(every pause: Duration, _ work: @escaping @Sendable () async throws -> Void) async {
        while !Task.isCancelled {
            try? await Task.sleep(for: pause)
            await attempt {
                try await work()
                return 0
            }
        }
    }

    private func attempt(_ work: @Sendable () async throws -> Int) async {
        do { _ = try await work() } catch {
            office.log.error("the exchange could not reach its database: \(error)")
        }
    }
}

/// Wakes one loop; rings that nobody has heard yet count once.
private final class Bell: Sendable {
    private let rings: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    init() { (rings, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    func ring() { bell.yield() }

    func everyRing(orEvery pause: Duration, _ work: @escaping @Sendable () async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [bell] in
                while !Task.isCancelled {
                    bell.yield()
                    try? await Task.sleep(for: pause)
                }
            }
            for await _ in rings where !Task.isCancelled { await work() }
            group.cancelAll()
        }
    }
}
