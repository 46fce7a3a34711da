// Measures VanThu: registering, issuing, pages, Word to PDF, each beside the best that the same machine can do without it.
// Run through bin/bench, which builds everything with optimisation first; docs/performance.md says what the figures mean.
import ArgumentParser
import Foundation

@main
struct VanThuBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vanthu-bench",
        abstract: "Measures VanThu and prints figures, ratios and aims as a table.",
        subcommands: [
            RegistrationsCommand.self, RegistrationsOverHTTPCommand.self, IssuingCommand.self,
            PagesCommand.self,
            RenderingCommand.self, WordCommand.self, SignaturesCommand.self, MessagesCommand.self,
            BareDoorCommand.self, BareLinkCommand.self, CatalogueCommand.self,
        ])
}

struct RegistrationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "registrations", abstract: "Gapless numbers from 1, 16 and 64 clients, in process.")

    @Option(help: "postgres://… instead of SQLite.")
    var postgres: String?

    @Option(help: "Registrations a round.")
    var count = 6000

    func run() async throws {
        Report.heading("Registering in process, \(postgres == nil ? "SQLite" : "PostgreSQL")")
        for clients in [1, 16, 64] {
            try await BenchOffice.with(postgres: postgres) { ground in
                try await Registrations(
                    ground: ground, clients: clients, count: clients == 1 ? count / 4 : count
                ).run()
            }
        }
    }
}

struct RegistrationsOverHTTPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "registrations-http", abstract: "The same registrations as forms posted to a server.")

    @Option(help: "Seconds a round.")
    var seconds = 5

    func run() async throws {
        Report.heading("Registering over HTTP, SQLite")
        for clients in [1, 16, 64] {
            try await RegistrationsOverHTTP(clients: clients, seconds: seconds).run()
        }
    }
}

struct IssuingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issuing", abstract: "One document to 30, 500 and 5,000 agencies.")

    @Option(help: "postgres://… instead of SQLite.")
    var postgres: String?

    func run() async throws {
        Report.heading("Issuing to many, \(postgres == nil ? "SQLite" : "PostgreSQL")")
        try await BenchOffice.with(postgres: postgres) { try await Issuing(ground: $0).run() }
    }
}

struct PagesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pages",
        abstract: "The queue and the list at 10,000 and 1,000,000 documents, served and loaded.")

    @Option(help: "Documents, one round each.")
    var documents = [10_000, 1_000_000]

    @Option(help: "Seconds a measurement.")
    var seconds = 8

    @Option(help: "A folder that keeps the filled registers for the next time.")
    var keep: String?

    func run() async throws {
        Report.heading("Pages, SQLite, 64 connections")
        var p99: [String: Double] = [:]
        for count in documents {
            try await ServedPages(documents: count, seconds: seconds, keep: keep).run(previous: &p99)
        }
    }
}

struct RenderingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rendering", abstract: "The list page from plain values, without server and database.")

    func run() async throws {
        Report.heading("Rendering alone")
        try await Rendering().run()
    }
}

struct WordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "word", abstract: "Word to PDF, two at a time, beside LibreOffice alone.")

    @Option(help: "Documents.")
    var count = 12

    func run() async throws {
        Report.heading("Word to PDF")
        try await WordToPDF(count: count).run()
    }
}

struct CatalogueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalogue",
        abstract: "Taking up and searching 120,000 agencies, beside the text index alone.")

    @Option(help: "postgres://… instead of SQLite.")
    var postgres: String?

    @Option(help: "Agencies.")
    var count = 120_000

    @Option(help: "Questions of each sort.")
    var rounds = 100

    func run() async throws {
        Report.heading(
            "Danh bạ of \(Report.number(Double(count))) agencies, \(postgres == nil ? "SQLite" : "PostgreSQL")"
        )
        try await BenchOffice.with(postgres: postgres) { ground in
            try await Catalogue(ground: ground, count: count, rounds: rounds).run()
        }
    }
}

struct MessagesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "messages", abstract: "Messages of the national axis, beside libxml2.")

    func run() async throws {
        Report.heading("Messages of the national axis")
        try Messages().run()
    }
}

struct SignaturesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signatures", abstract: "Signing and judging PDFs, beside pyHanko and openssl speed.")

    @Option(help: "Processor seconds a measurement.")
    var seconds = 3.0

    @Option(help: "A python with pyHanko; without one, nothing is measured beside.")
    var python: String?

    @Option(help: "The script that measures pyHanko.")
    var script: String?

    func run() async throws {
        Report.heading("Signatures on one processor")
        try SignatureEngine(seconds: seconds, python: python, script: script).run()
    }
}
