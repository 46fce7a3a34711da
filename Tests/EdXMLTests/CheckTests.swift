import Foundation
import Testing

@testable import EdXML

/// What may not leave because the other side would not understand it, said before anything is written.
struct CheckTests {
    private func faults(_ change: (inout DocumentMessage) -> Void) -> [MessageFinding] {
        var letter = Letter.message("/tmp/a")
        letter.header.other = OtherParticulars()
        change(&letter)
        return MessageCheck.check(.document(letter)).faults
    }

    @Test("E4: a day that is not yyyy/MM/dd is a fault, wherever it stands")
    func days() {
        #expect(faults { _ in } == [])
        for day in ["12/05/2026", "2026-05-12", "2026/5/12", "2026/02/30", "hôm nay", "", "2026/05/12 "] {
            #expect(
                faults { $0.header.promulgation.date = day }.contains {
                    $0.code == .badDate || $0.code == .missing
                }, "\(day)")
            #expect(faults { $0.header.dueDate = day } == [MessageFinding(.badDate, "DueDate \(day)")])
            #expect(
                faults { $0.header.responseFor = [ResponseFor(code: "1", promulgationDate: day)] } == [
                    MessageFinding(.badDate, "ResponseFor/PromulgationDate \(day)")
                ])
        }
        for moment in ["2026/05/12", "2026/05/12 7:30:00", "2026/05/12T07:30:00", "2026/05/12 07:30:60", "x"]
        {
            #expect(
                faults { $0.trace.hops[0].timestamp = moment } == [
                    MessageFinding(.badDate, "TraceHeader/Timestamp \(moment)")
                ])
            var status = StatusMessage()
            status.from = Organization(organID: "H36.12", name: "Sở Tư pháp")
            status.responseFor = ResponseFor(organID: "H36", documentID: "a")
            (status.statusCode, status.timestamp) = ("03", moment)
            #expect(
                MessageCheck.check(.status(status)).faults == [
                    MessageFinding(.badDate, "Timestamp \(moment)")
                ])
        }
    }

    @Test("E4: what the axis reads as a number is one, or a fault")
    func numbers() {
        for number in ["mười", "", " 1", "1.0", "-", "12345678901", "٣"] {
            let named: [(String, (inout DocumentMessage) -> Void)] = [
                ("Type", { $0.header.type.type = number }),
                ("TypeDetail", { $0.header.type.detail = number }),
                ("PromulgationAmount", { $0.header.other?.promulgationAmount = number }),
                ("PageAmount", { $0.header.other?.pageAmount = number }),
                ("SteeringType", { $0.header.steeringType = number }),
            ]
            for (name, change) in named {
                #expect(faults(change) == [MessageFinding(.badNumber, "\(name) \(number)")])
            }
        }
        #expect(faults { $0.header.other?.priority = "5" } == [MessageFinding(.unknownCode, "Priority 5")])
        #expect(
            faults { $0.header.other?.direction = "co" } == [MessageFinding(.unknownCode, "Direction co")])
        #expect(
            faults {
                $0.trace.business = Business()
                $0.trace.business?.type = "0"
                $0.trace.business?.paper = "2"
                var update = DocumentUpdate()
                (update.documentInfo, update.documentReceiver) = ("có", "x")
                var receiver = UpdatedReceiver()
                (receiver.organID, receiver.receiverType) = ("H36", "3")
                update.receivers = [receiver]
                $0.trace.business?.update = update
            }
                == ["Paper 2", "DocumentInfo có", "DocumentReceiver x", "ReceiverType 3"].map {
                    MessageFinding(.unknownCode, $0)
                })
    }

    @Test("E4: the lengths of Phụ lục VI warn, in digits too")
    func lengths() {
        var letter = Letter.message("/tmp/a")
        letter.header.other = OtherParticulars()
        letter.header.other?.pageAmount = "999"
        letter.header.other?.promulgationAmount = "999"
        #expect(MessageCheck.check(.document(letter)) == MessageCheck.Result())
        letter.header.other?.pageAmount = "1000"
        letter.header.other?.promulgationAmount = "1000"
        letter.header.toPlaces = [String(repeating: "n", count: 600), String(repeating: "n", count: 401)]
        let result = MessageCheck.check(.document(letter))
        #expect(result.maySend)
        #expect(
            result.warnings == [
                MessageFinding(.tooLong, "PromulgationAmount: 4 > 3"),
                MessageFinding(.tooLong, "PageAmount: 4 > 3"),
                MessageFinding(.tooLong, "ToPlaces: 1001 > 1000"),
            ])
        let excess = result.warnings.compactMap(\.excess)
        #expect(excess.map(\.element) == ["PromulgationAmount", "PageAmount", "ToPlaces"])
        #expect(excess.map(\.count) == [4, 4, 1001])
        #expect(excess.map(\.limit) == [3, 3, 1000])
        #expect(MessageFinding(.badIdentifier, "Place: 4 > 3").excess == nil)
        #expect(MessageFinding(.tooLong, "Place: nhiều > 3").excess == nil)
    }

    @Test(
        "E4: text that XML cannot carry is found in every element, and never written",
        arguments: ["\u{0}", "a\u{1}", "\u{B}", "x\u{FFFE}", "\u{FFFF}", "ỿ\u{1F}"])
    func unwritable(bad: String) throws {
        let named: [(String, (inout DocumentMessage) -> Void)] = [
            ("Content", { $0.header.content = bad }), ("Place", { $0.header.toPlaces = ["a", bad] }),
            ("Address", { $0.header.from.address = bad }),
            ("TaskCode", { $0.header.responseForTask = [TaskReference(taskCode: bad)] }),
            (
                "BussinessDocReason",
                {
                    $0.trace.business = Business()
                    $0.trace.business?.type = "0"
                    $0.trace.business?.reason = bad
                }
            ), ("Description", { $0.attachments[0].description = bad }),
            ("AttachmentName", { $0.attachments[0].name = bad }), ("Subject", { $0.header.subject = bad }),
        ]
        for (name, change) in named {
            let element = name == "Address" ? "OrganAdd" : name
            #expect(faults(change) == [MessageFinding(.badCharacters, element)])
            var letter = Letter.message("/tmp/a")
            change(&letter)
            #expect(throws: EdXMLError.unwritable(element)) { try Letter.written(.document(letter)) }
        }
    }

    @Test("E4: what XML can carry goes there and comes back")
    func writable() throws {
        let text = "ế\u{FFFD}\u{1F600}\u{10FFFF}\u{85}\u{7F} <&>\"' \u{BFBE}\u{E000}\n\tỿ\u{1FFFE}"
        try withFolder { folder in
            var letter = Letter.message(try put(Array("%PDF".utf8), "a", in: folder))
            letter.header.content = text
            #expect(MessageCheck.check(.document(letter)) == MessageCheck.Result())
            let received = try MessageReader.read(
                try Letter.written(.document(letter)), attachmentsInto: folder)
            guard case .document(let again) = received.message else { throw EdXMLError.notEdXML }
            #expect(again.header.content == text)
            #expect(received.findings.isEmpty)
        }
    }
}
