import CPKCS11
import Foundation
import Synchronization

/// What a function of a module answered, other than CKR_OK.
struct PKCS11Failure: Error {
    let function: String
    let code: UInt

    /// The session, the token or the module is not there any more; with a new session it may work.
    var meansLost: Bool {
        [
            CKR_DEVICE_REMOVED, CKR_DEVICE_ERROR, CKR_TOKEN_NOT_PRESENT, CKR_TOKEN_NOT_RECOGNIZED,
            CKR_SLOT_ID_INVALID, CKR_SESSION_HANDLE_INVALID, CKR_SESSION_CLOSED, CKR_USER_NOT_LOGGED_IN,
            CKR_OBJECT_HANDLE_INVALID, CKR_KEY_HANDLE_INVALID, CKR_CRYPTOKI_NOT_INITIALIZED,
        ].contains(code)
    }

    var error: TokenError {
        switch code {
        case CKR_PIN_INCORRECT, CKR_PIN_INVALID, CKR_PIN_LEN_RANGE: .wrongPIN(.notTold)
        case CKR_PIN_LOCKED: .pinLocked
        case CKR_PIN_EXPIRED: .pinExpired
        case _ where meansLost: .tokenLost
        default: .refused(function: function, code: code)
        }
    }
}

/// A token maker's library (PKCS #11), loaded and started once in a process, and never unloaded: others in the
/// process may use it too.
final class PKCS11Module: Sendable {
    let path: String
    // Written by the module before we see it, and only read afterwards.
    private nonisolated(unsafe) let functions: UnsafeMutablePointer<ck_function_list>
    /// Modules that cannot be called from several threads are called in turn.
    private let callsInTurn: Bool
    private let turn = Mutex(())

    private static let loaded = Mutex<[String: PKCS11Module]>([:])

    static func load(_ path: String) throws(TokenError) -> PKCS11Module {
        let result: Result<PKCS11Module, TokenError> = loaded.withLock { modules in
            if let known = modules[path] { return .success(known) }
            return Result { () throws(TokenError) in
                let module = try PKCS11Module(path)
                modules[path] = module
                return module
            }
        }
        return try result.get()
    }

    private init(_ path: String) throws(TokenError) {
        self.path = path
        guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
            throw .moduleNotLoadable(dlerror().map { String(cString: $0) } ?? "unknown reason")
        }
        typealias Entry =
            @convention(c) (UnsafeMutablePointer<UnsafeMutablePointer<ck_function_list>?>?) -> UInt
        guard let symbol = dlsym(library, "C_GetFunctionList") else {
            throw .moduleNotLoadable("no C_GetFunctionList")
        }
        var list: UnsafeMutablePointer<ck_function_list>?
        guard unsafeBitCast(symbol, to: Entry.self)(&list) == CKR_OK, let list else {
            throw .moduleNotLoadable("no function list")
        }
        functions = list
        callsInTurn = try Self.start(list)
    }

    /// Answers whether the module must be called in turn.
    private static func start(_ functions: UnsafeMutablePointer<ck_function_list>) throws(TokenError) -> Bool
    {
        func isStarted(_ code: UInt?) -> Bool { code == CKR_OK || code == CKR_CRYPTOKI_ALREADY_INITIALIZED }
        var arguments = ck_c_initialize_args()
        arguments.flags = UInt(CKF_OS_LOCKING_OK)
        var code = functions.pointee.C_Initialize?(&arguments)
        if isStarted(code) { return false }
        if code == CKR_CANT_LOCK || code == CKR_ARGUMENTS_BAD {
            code = functions.pointee.C_Initialize?(nil)
            if isStarted(code) { return true }
        }
        throw .moduleNotLoadable("C_Initialize: \(code.map { String($0, radix: 16) } ?? "absent")")
    }

    /// After the module was stopped by someone else in the process.
    func startAgain() throws(TokenError) { _ = try Self.start(functions) }

    /// Calls one function. `body` answers `nil` when the module does not have it.
    func call(_ name: String, _ body: (ck_function_list) -> UInt?) throws(PKCS11Failure) {
        let answer = callsInTurn ? turn.withLock { _ in body(functions.pointee) } : body(functions.pointee)
        let code = answer ?? UInt(CKR_FUNCTION_NOT_SUPPORTED)
        guard code == CKR_OK else { throw PKCS11Failure(function: name, code: code) }
    }

    // MARK: Slots and tokens

    struct Slot {
        let identifier: UInt
        let token: TokenDescription
        let sessionLimit: Int?
    }

    func slots() throws(PKCS11Failure) -> [Slot] {
        var identifiers: [UInt] = []
        for _ in 0..<4 {
            var count: UInt = 0
            try call("C_GetSlotList") { $0.C_GetSlotList?(1, nil, &count) }
            guard count > 0, count < 1_000 else { return [] }
            identifiers = [UInt](repeating: 0, count: Int(count))
            do {
                try call("C_GetSlotList") { $0.C_GetSlotList?(1, &identifiers, &count) }
                identifiers.removeLast(max(0, identifiers.count - Int(count)))
                break
            } catch {
                // A token was plugged in between the two calls.
                guard error.code == CKR_BUFFER_TOO_SMALL else { throw error }
            }
        }
        var found: [Slot] = []
        for identifier in identifiers {
            if let slot = try? slot(identifier) { found.append(slot) }
        }
        return found
    }

    func slot(_ identifier: UInt) throws(PKCS11Failure) -> Slot {
        var card = ck_token_info()
        try call("C_GetTokenInfo") { $0.C_GetTokenInfo?(identifier, &card) }
        func has(_ flag: UInt) -> Bool { card.flags & flag != 0 }
        let tries: PINTries =
            has(CKF_USER_PIN_FINAL_TRY) ? .one : has(CKF_USER_PIN_COUNT_LOW) ? .few : .notTold
        // 0 stands for no limit, all ones for not known (PKCS #11, 3.2).
        let limit = card.max_session_count
        return Slot(
            identifier: identifier,
            token: TokenDescription(
                label: Self.text(card.label), manufacturer: Self.text(card.manufacturer_id),
                model: Self.text(card.model), serialNumber: Self.text(card.serial_number), triesLeft: tries,
                isLocked: has(CKF_USER_PIN_LOCKED), hasKeypad: has(CKF_PROTECTED_AUTHENTICATION_PATH)),
            sessionLimit: (1...1_000).contains(limit) ? Int(limit) : nil)
    }

    func mechanisms(of slot: UInt) throws(PKCS11Failure) -> Set<UInt> {
        var count: UInt = 0
        try call("C_GetMechanismList") { $0.C_GetMechanismList?(slot, nil, &count) }
        guard count > 0, count < 10_000 else { return [] }
        var list = [UInt](repeating: 0, count: Int(count))
        try call("C_GetMechanismList") { $0.C_GetMechanismList?(slot, &list, &count) }
        return Set(list.prefix(Int(count)))
    }

    /// Padded with blanks, in a fixed room.
    private static func text<Room>(_ room: Room) -> String {
        var bytes = withUnsafeBytes(of: room) { Array($0) }
        while let last = bytes.last, last == 0x20 || last == 0 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
