// What stands in the demo when it is opened: keys for everyone who signs and every seal, and the letters that came before
// half past seven. The letter the story begins with is left for the visitor to register.
import Domain
import DualSQL
import Foundation
import Operations
import Store

extension StoryWorld {
    /// Heads and their deputies, and all seals; two at a time, because making RSA keys takes long.
    package func issueEveryKey() async throws {
        let people = try WorldFiles.people().filter { $0.role.leads }.map(\.login)
        let agencies = try await office.read { try $0.agencies.all() }.map(\.slug)
        let halves = [people.filter { $0.hashValue % 2 == 0 }, people.filter { $0.hashValue % 2 != 0 }]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for half in halves { group.addTask { try await issueKeys(half, seals: []) } }
            group.addTask { try await issueKeys([], seals: agencies) }
            try await group.waitForAll()
        }
    }

    package func registerLetters() async throws {
        for cell in try WorldFiles.table("letters/letters.csv") where try cell("file") != Self.storyLetter {
            let slug = try cell("recipient")
            guard let agency = try await office.read({ try $0.agencies.find(slug: slug) }) else { continue }
            let staff = try await office.read { try $0.positions.inAgency(agency.id) }
            guard let clerk = staff.first(where: { $0.role == .clerk }),
                let head = staff.first(where: { $0.role == .head })
            else { continue }
            let name = try cell("file"), pages = Int(try cell("pages")) ?? 1
            let file = try await stage(
                try WorldFiles.bytes("letters/\(name)"), name: name, pages: pages, for: .position(clerk))
            let urgency: Urgency =
                switch try cell("urgency") {
                case "urgent": .urgent
                case "veryUrgent": .veryUrgent
                case "flash": .flash
                default: .normal
                }
            let operation = RegisterIncoming(
                facts: DocumentParticulars(
                    issuingAgency: try cell("issuer"), number: try cell("number"),
                    notation: try cell("notation"),
                    date: OfficeDate(try cell("date")) ?? office.clock.now.officeDate, type: try cell("type"),
                    abstract: Self.capitalised(try cell("abstract")), urgency: urgency, pages: pages,
                    signer: try cell("signer")),
                deadline: OfficeDate(try cell("deadline")), director: head.id, files: [file], twinSeen: false)
            try await runner.run(operation, as: .position(clerk))
        }
    }

    /// Somebody looks after the whole of it: its channels, what came for nobody, the catalogue.
    package func appointKeeper() async throws {
        let installer = Actor.system(name: "Cài đặt ban đầu", agency: nil)
        let account = try await runner.run(
            AddPerson(
                login: Self.keeper, name: "Huỳnh Công Thành", passwordHash: Passwords.hash(Self.password),
                mustChangePassword: false), as: installer)
        let position = try await runner.run(
            AddPosition(
                account: account, agency: try await agency("ubnd-thanh-pho").id, role: .administrator,
                title: "Quản trị hệ thống"), as: installer)
        try await runner.run(AppointInstallationAdministrator(position.id), as: installer)
    }

    package static let keeper = "qt.ubnd"

    /// As the register writes it; on the letter it follows "V/v".
    private static func capitalised(_ abstract: String) -> String {
        abstract.prefix(1).uppercased() + abstract.dropFirst()
    }

    package static let storyLetter = "02-so-tu-phap-so-lieu-ho-tich-khan.pdf"
}
