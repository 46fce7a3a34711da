import Foundation

/// Where libFuzzer comes in. `VANTHU_FUZZ` names the door, `VANTHU_FUZZ_LETTER` the folder with the signed letter.
private let door: (FuzzTarget, SignedLetter)? = {
    let environment = ProcessInfo.processInfo.environment
    guard let target = environment["VANTHU_FUZZ"].flatMap(FuzzTarget.init(rawValue:)),
        let folder = environment["VANTHU_FUZZ_LETTER"],
        let pdf = FileManager.default.contents(atPath: folder + "/letter.pdf"),
        let root = FileManager.default.contents(atPath: folder + "/root.cer"),
        let letter = try? SignedLetter(
            [UInt8](pdf), root: [UInt8](root), moment: Date(timeIntervalSince1970: 1_778_546_400))
    else { return nil }
    return (target, letter)
}()

/// Where the door of messages by mail may write; `nil` when another door is named.
private let mailFolder: String? = {
    guard ProcessInfo.processInfo.environment["VANTHU_FUZZ"] == "mail" else { return nil }
    let folder = FileManager.default.temporaryDirectory.appending(path: "fuzzed-\(UUID().uuidString)")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.path
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: bytes, count: count))
    if let mailFolder {
        if let wrong = MailFuzz.push(input, in: mailFolder) { preconditionFailure(wrong) }
        return 0
    }
    guard let (target, letter) = door else {
        preconditionFailure("VANTHU_FUZZ and VANTHU_FUZZ_LETTER are not set")
    }
    if let wrong = target.push(input, at: letter) {
        preconditionFailure(wrong)
    }
    return 0
}
