// D9: what leaves carries neither viruses nor anything that acts by itself. Every file of a letter – the signed page, what is
// issued with it, the Word or Excel files that go along – is looked through before a number is taken and again before a
// resumed sealing. What cannot be looked through does not leave either.
import BlobStorage
import Domain
import Foundation
import Logging
import OfficeFiles
import PDFSignatures

/// What this installation asks of outgoing files.
package struct OutgoingScan: Sendable {
    /// Nil: no virus scanner is set up.
    package let scanner: VirusScanner?
    /// Without a scanner nothing is issued.
    package let isScannerRequired: Bool

    package init(scanner: VirusScanner? = nil, isScannerRequired: Bool = false) {
        self.scanner = scanner
        self.isScannerRequired = isScannerRequired
    }

    /// Why nothing can leave at all; empty where a scanner is set up or none is asked for.
    package var refusals: [Refusal] { scanner == nil && isScannerRequired ? [.noVirusScanner] : [] }
}

package struct OutgoingCheck: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    /// Every reason of every file; empty when all may leave.
    package func refusals(_ files: [FileReference]) async -> [Refusal] {
        var reasons = office.outgoingScan.refusals
        var seen: Set<String> = []
        for file in files where seen.insert(file.hash).inserted {
            reasons += await activeContentRefusals(file)
            reasons += await virusRefusals(file)
        }
        return reasons
    }

    // MARK: Active content

    private func activeContentRefusals(_ file: FileReference) async -> [Refusal] {
        guard let path = path(of: file) else { return [.notScannable(file.name)] }
        do {
            let kind = try FileKind.detect(path: path).kind
            let parts: [ActivePart]
            if kind == .pdf {
                let contents = try await office.examiner.activeContent(ofPDF: path)
                if contents.unreadable != nil { return [.notScannable(file.name)] }
                parts = contents.active.map(ActivePart.init)
            } else {
                parts = try await OwnThread.run {
                    try OfficeActiveContent.find(in: path, kind: kind).map(ActivePart.init)
                }
            }
            return parts.isEmpty ? [] : [.activeContent(file: file.name, parts)]
        } catch {
            office.log.warning("a file to be issued could not be looked through: \(error)")
            return [.notScannable(file.name)]
        }
    }

    // MARK: Viruses

    private func virusRefusals(_ file: FileReference) async -> [Refusal] {
        guard let scanner = office.outgoingScan.scanner else { return [] }
        guard let path = path(of: file) else { return [] }
        do {
            switch try await scanner.scan(path) {
            case .clean: return []
            case .infected(let name): return [.infected(file: file.name, virus: name)]
            }
        } catch VirusScanner.Failure.tooLarge {
            return [.tooLargeForScanner(file.name)]
        } catch {
            office.log.error("the virus scanner gave no verdict: \(error)")
            return [.virusScannerSilent]
        }
    }

    private func path(of file: FileReference) -> String? {
        guard let hash = BlobHash(hex: file.hash), office.blobs.contains(hash) else { return nil }
        return office.blobs.path(of: hash)
    }
}

extension DraftBundle {
    /// Everything that leaves with the signed letter.
    func outgoingFiles(signed: FileReference) -> [FileReference] {
        let enclosures = files.filter { $0.kind == .enclosure }
        return [signed] + enclosures.compactMap(\.pdf)
            + enclosures.map(\.source).filter { source in !enclosures.contains { $0.pdf?.hash == source.hash }
            }
    }
}

extension ActivePart {
    init(_ content: ActiveContent) {
        self =
            switch content {
            case .javaScript: .script
            case .automaticAction: .automaticAction
            case .launch: .launch
            case .embeddedFile: .embeddedFile
            case .xmlForm: .xmlForm
            case .media: .media
            case .formTransfer: .formTransfer
            }
    }

    init(_ content: OfficeActiveContent) {
        self =
            switch content {
            case .macros: .macros
            case .embeddedObject: .embeddedObject
            case .activeX: .activeX
            case .embeddedFile: .embeddedFile
            case .externalContent: .externalContent
            case .dataExchange: .dataExchange
            case .remoteTemplate: .remoteTemplate
            }
    }
}
