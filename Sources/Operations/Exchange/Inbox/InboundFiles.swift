// Tệp trong gói tin: each is stored, and looked into as an upload would be – what it is, how many pages, marks of state
// secrets, viruses, parts that act by themselves. A file that is bad keeps nobody from seeing that the letter came (B7).
import BlobStorage
import Domain
import EdXML
import Foundation
import Logging
import OfficeFiles
import Store

struct InboundFiles: Sendable {
    struct Examined: Sendable {
        var stored: [StoredDocumentFile] = []
        var findings: [ArrivalFinding] = []
        var isSecret = false
        let hold: BlobHold

        /// What can be read of the letter itself; empty where there is none, or only pictures.
        var letterText = ""
        /// Of the letter itself; `nil` where there is none.
        var letterPages: Int? { stored.first { $0.kind == .main }?.file.pages }

        /// Some senders list the text they wrote before the letter they signed.
        mutating func putLetterFirst() {
            stored = (stored.filter { $0.kind == .main } + stored.filter { $0.kind != .main }).enumerated()
                .map {
                    StoredDocumentFile(ordinal: $0 + 1, kind: $1.kind, file: $1.file)
                }
        }
    }

    let office: Office

    func examine(_ attachments: [Attachment]) async throws -> Examined {
        var examined = Examined(hold: office.blobs.hold())
        do {
            var names: Set<String> = []
            for attachment in attachments {
                let name = Self.name(attachment.name ?? "tep", besides: &names)
                // A file without a byte in it did not come.
                guard let path = attachment.file, attachment.size != 0 else {
                    examined.findings.append(
                        attachment.fault == nil ? .missing(file: name) : .unreadable(file: name))
                    continue
                }
                try await examine(path, name: name, &examined)
            }
            examined.putLetterFirst()
        } catch {
            try await discard(examined)
            throw error
        }
        return examined
    }

    /// As it is kept: no longer than 200 characters with its ending, and no other file of the message has it, since findings call files by their names.
    private static func name(_ given: String, besides taken: inout Set<String>) -> String {
        let given = String(given, atMost: 300)
        let dot = given.lastIndex(of: ".") ?? given.endIndex
        let ending = given.distance(from: dot, to: given.endIndex) <= 10 ? String(given[dot...]) : ""
        let stem = given.dropLast(ending.count)
        var name = String(stem.prefix(200 - ending.count)) + ending, count = 1
        while !taken.insert(name).inserted {
            count += 1
            name = String(stem.prefix(190 - ending.count)) + " (\(count))" + ending
        }
        return name
    }

    private func examine(_ path: String, name: String, _ examined: inout Examined) async throws {
        let kind = try FileKind.detect(path: path).kind
        let pdf = kind == .pdf ? try await PDFInspection.inspect(path) : nil
        if pdf?.refusal != nil { examined.findings.append(.unreadable(file: name)) }
        if try await Uploads(office: office).holdsSecret(path, kind, pdf) { examined.isSecret = true }
        if examined.isSecret { return }
        examined.findings += try await dangers(path, name, kind)
        let blob = try office.blobs.put(contentsOf: path, under: examined.hold)
        let hasLetter = examined.stored.contains { $0.kind == .main }
        let part: DocumentFileKind = kind == .pdf ? (hasLetter ? .enclosure : .main) : .original
        if part == .main { examined.letterText = pdf?.text ?? "" }
        examined.stored.append(
            StoredDocumentFile(
                ordinal: examined.stored.count + 1, kind: part,
                file: FileReference(
                    hash: blob.hash.hex, size: blob.size, name: name,
                    mediaType: kind.mediaType, pages: pdf?.pages ?? 0)))
    }

    /// The files stay when `enter` wrote rows of them, and go when it did not: on an error, when a mark of secrecy was
    /// found, and for a repetition, which must not bring back the bytes of what was given back meanwhile.
    ///
    /// - Parameter enter: one transaction; true when there is an entry that was not there before.
    func keep(_ examined: Examined, whenEntered enter: () async throws -> Bool) async throws {
        do {
            let isNew = try await enter()
            office.killPoints.pass(.inboundEntered)
            if examined.isSecret || !isNew { try await discard(examined) } else { examined.hold.release() }
        } catch {
            try await discard(examined)
            throw error
        }
    }

    private func discard(_ examined: Examined) async throws {
        for hash in examined.stored.compactMap({ BlobHash(hex: $0.file.hash) }) {
            try await Uploads(office: office).discard(hash, under: examined.hold)
        }
    }

    private func dangers(_ path: String, _ name: String, _ kind: FileKind) async throws -> [ArrivalFinding] {
        var found: [ArrivalFinding] = []
        do {
            let active = try await activeParts(path, kind)
            if !active.isEmpty { found.append(.activeContent(file: name, active)) }
        } catch {
            office.log.notice("a file that came could not be looked through: \(error)")
            found.append(.notLookedThrough(file: name))
        }
        guard let scanner = office.outgoingScan.scanner else { return found + [.notScanned(file: name)] }
        do {
            if case .infected(let virus) = try await scanner.scan(path) {
                found.append(.infected(file: name, virus: virus))
            }
        } catch {
            found.append(.notScanned(file: name))
        }
        return found
    }

    /// A file that is whole and lets nobody look inside.
    private struct Closed: Error {}

    private func activeParts(_ path: String, _ kind: FileKind) async throws -> [ActivePart] {
        if kind == .pdf {
            let contents = try await office.examiner.activeContent(ofPDF: path)
            if contents.unreadable != nil { throw Closed() }
            return contents.active.map(ActivePart.init)
        }
        // Under a password.
        if kind == .lockedOffice { throw Closed() }
        return try await OwnThread.run {
            try OfficeActiveContent.find(in: path, kind: kind).map(ActivePart.init)
        }
    }
}
