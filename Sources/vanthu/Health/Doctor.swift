// `vanthu doctor`: what is installed, what is missing, and what an office goes without because of it. It changes nothing.
import ArgumentParser
import Foundation
import OfficeFiles

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Kiểm tra máy: phần mềm, cách ly, kiểm tra chữ ký, máy quét vi-rút, cơ sở dữ liệu, ổ đĩa, khóa, đồng hồ.",
        discussion: """
            Mỗi dòng bắt đầu bằng “được”, “thiếu” (chạy được nhưng mất một việc) hoặc “hỏng” (máy chủ không chạy được).
            Mã thoát: 0 khi máy chủ chạy được, 1 khi có dòng “hỏng”.
            """)

    @OptionGroup var installation: InstallationOptions

    func run() async throws {
        var examination = Examination()
        await programs(&examination)
        for means in Isolation.report() {
            examination.add(means.active ? .good : .lacking, means.name, means.sentence)
        }
        MachineState(installation: installation).examine(&examination)
        await SignatureState(installation: installation).examine(&examination)
        DatabaseState(installation: installation).examine(&examination)
        examination.print()
        if examination.isUnfit { throw ExitCode(1) }
    }

    private func programs(_ examination: inout Examination) async {
        for program in await Installed.programs() {
            if let path = program.path {
                let version = program.version.map { "phiên bản \($0), " } ?? ""
                examination.add(.good, program.name, version + path)
            } else {
                examination.add(
                    .lacking, program.name, "\(program.withoutIt) Cài gói Debian: \(program.debianPackage).")
            }
        }
    }
}

/// What was found, line by line.
struct Examination {
    enum State: String {
        case good = "được"
        case lacking = "thiếu"
        case broken = "hỏng"
    }

    private var lines: [(state: State, name: String, text: String)] = []

    var isUnfit: Bool { lines.contains { $0.state == .broken } }

    mutating func add(_ state: State, _ name: String, _ text: String) { lines.append((state, name, text)) }

    func print() {
        for line in lines {
            let state = line.state.rawValue.padding(toLength: 6, withPad: " ", startingAt: 0)
            Swift.print("\(state) \(line.name): \(line.text)")
        }
        Swift.print(isUnfit ? "Máy chủ chưa chạy được." : "Máy chủ chạy được.")
    }
}
