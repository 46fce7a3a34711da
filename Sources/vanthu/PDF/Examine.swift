// `vanthu examine`: the child side of examining files from outside. The server starts it in a folder of its own, without
// network and under limits, and asks on standard input, a line a question, while the file and the order lie in the folder;
// it is not for people and not a contract.
import ArgumentParser
import Foundation
import Operations

struct Examine: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Xem xét các tệp từ ngoài (máy chủ tự gọi).", shouldDisplay: false)

    func run() throws {
        while let question = readLine() {
            FileHandle.standardOutput.write(try ExaminationOrder.answer(question) + Data("\n".utf8))
        }
    }
}
