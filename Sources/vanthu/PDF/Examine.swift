// `vanthu examine`: the child side of examining a file from outside. The server starts it in a folder that holds the file
// and the order, without network and under limits; it is not for people and not a contract.
import ArgumentParser
import Foundation
import Operations

struct Examine: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Xem xét một tệp từ ngoài (máy chủ tự gọi).", shouldDisplay: false)

    @Argument(help: "signatures hoặc contents.")
    var question: String

    func run() throws {
        FileHandle.standardOutput.write(try ExaminationOrder.answer(question))
    }
}
