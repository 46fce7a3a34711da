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

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let (target, letter) = door else {
        preconditionFailure("VANTHU_FUZZ and VANTHU_FUZZ_LETTER are not set")
    }
    if let wrong = target.push(Array(UnsafeBufferPointer(start: bytes, count: count)), at: letter) {
        preconditionFailure(wrong)
    }
    return 0
}
