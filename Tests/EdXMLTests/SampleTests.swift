import Foundation
import Testing

@testable import EdXML

/// The messages that were found in the wild. Without them these tests are skipped by name; `ShapeTests` has the same
/// shapes in messages of our own.
@Suite(.enabled(if: Samples.areThere, Samples.absence))
struct SampleTests {
    @Test("E4: every sample of the wild is read, written and read again as the same value")
    func roundTrip() throws {
        #expect(Samples.all.count >= 18)
        for sample in Samples.all {
            try withFolder { folder in
                let first = try MessageReader.read(file: sample.path, attachmentsInto: folder)
                for packing in MessageWriter.Packing.allCases {
                    let written = try Letter.written(first.message, packing: packing)
                    let again = folder + "/lai-\(packing.rawValue)"
                    try FileManager.default.createDirectory(atPath: again, withIntermediateDirectories: true)
                    let second = try MessageReader.read(written, attachmentsInto: again)
                    try expectSame(first.message, second.message, sample.lastPathComponent)
                }
            }
        }
    }

    /// The same but for where the files lie and what their type became on the way.
    private func expectSame(_ a: EdXMLMessage, _ b: EdXMLMessage, _ name: String) throws {
        guard case .document(var first) = a, case .document(var second) = b else {
            #expect(a == b, "\(name)")
            return
        }
        #expect(first.attachments.count == second.attachments.count)
        for (one, other) in zip(first.attachments, second.attachments) {
            #expect(try bytes(of: one.file) == bytes(of: other.file), "\(name)")
        }
        for index in first.attachments.indices {
            first.attachments[index].file = nil
            first.attachments[index].contentType = nil
            second.attachments[index].file = nil
            second.attachments[index].contentType = nil
        }
        #expect(first == second, "\(name)")
    }

    @Test("E4: the SDK's attachments come out of their archives under their own names")
    func archives() throws {
        let folder = try #require(Samples.folder)
        try withFolder { work in
            let received = try MessageReader.read(
                file: folder.path + "/sdk_two_zip_attachments_min.edxml", attachmentsInto: work)
            guard case .document(let message) = received.message else { throw EdXMLError.notEdXML }
            #expect(message.attachments.map(\.name) == ["metaA.txt", "metaB.txt"])
            #expect(message.attachments.map(\.size) == [6, 6])
            #expect(message.header.code.notation == "GW-AUTO")
            #expect(message.trace.hops == [TraceHeader(timestamp: "2025/10/16 11:24:35")])
        }
    }

    @Test(
        "E4: the old input without a declared namespace and in the standard's order says the same as the axis' own"
    )
    func relayed() throws {
        let folder = try #require(Samples.folder)
        try withFolder { work in
            func header(_ name: String) throws -> DocumentHeader {
                let received = try MessageReader.read(file: "\(folder.path)/\(name)", attachmentsInto: work)
                guard case .document(let message) = received.message else { throw EdXMLError.notEdXML }
                return message.header
            }
            var before = try header("legacy_input_qcvn_order.edxml")
            var after = try header("after_relay_same_message.edxml")
            #expect(before.responseFor.isEmpty)
            #expect(before.toPlaces == ["Các bộ"])
            // Edited between the two runs, or added by the axis.
            for path: WritableKeyPath<DocumentHeader, String?> in [\.code.number, \.from.organID] {
                before[keyPath: path] = nil
                after[keyPath: path] = nil
            }
            before.other?.direction = after.other?.direction
            #expect(before == after)
        }
    }

    @Test("E2: statuses are told from documents and keep their reason")
    func statuses() throws {
        let folder = try #require(Samples.folder)
        try withFolder { work in
            let received = try MessageReader.read(
                file: folder.path + "/status_rejection_02.edxml", attachmentsInto: work)
            guard case .status(let status) = received.message else { throw EdXMLError.notEdXML }
            #expect(status.statusCode == "02")
            #expect(status.description?.hasSuffix("Từ chối không tiếp nhận văn bản điện tử") == true)
            #expect(status.responseFor.documentID == "000.00.00.G22,2015/09/30,7816/VPCP-TTĐT")
            #expect(MessageCheck.check(received.message).maySend)
        }
    }
}
