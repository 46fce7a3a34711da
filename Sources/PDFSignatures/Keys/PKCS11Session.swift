import CPKCS11

/// An attribute to look for.
struct TokenAttribute {
    let type: UInt
    let value: [UInt8]

    init(_ type: UInt, _ value: [UInt8]) {
        self.type = type
        self.value = value
    }

    init(_ type: UInt, _ number: UInt) { self.init(type, withUnsafeBytes(of: number) { Array($0) }) }

    /// Lends the attributes to C, each value where a number may stand.
    static func lend<R>(
        _ attributes: [TokenAttribute], _ body: (UnsafeMutablePointer<ck_attribute>?, UInt) -> R
    ) -> R {
        var places: [Int] = []
        var words = 0
        for attribute in attributes {
            places.append(words * 8)
            words += (attribute.value.count + 7) / 8
        }
        var storage = [UInt64](repeating: 0, count: max(1, words))
        return storage.withUnsafeMutableBytes { room in
            var list = zip(attributes, places).map { attribute, place in
                for (offset, byte) in attribute.value.enumerated() { room[place + offset] = byte }
                return ck_attribute(
                    type: attribute.type,
                    value: attribute.value.isEmpty ? nil : room.baseAddress?.advanced(by: place),
                    value_len: UInt(attribute.value.count))
            }
            return list.withUnsafeMutableBufferPointer { body($0.baseAddress, UInt($0.count)) }
        }
    }
}

/// One session with a token. Only one thread uses it at a time.
struct PKCS11Session {
    let module: PKCS11Module
    let handle: UInt

    init(module: PKCS11Module, slot: UInt) throws(PKCS11Failure) {
        var handle: UInt = 0
        try module.call("C_OpenSession") {
            $0.C_OpenSession?(slot, UInt(CKF_SERIAL_SESSION), nil, nil, &handle)
        }
        self.module = module
        self.handle = handle
    }

    func close() { try? module.call("C_CloseSession") { $0.C_CloseSession?(handle) } }

    func logout() { try? module.call("C_Logout") { $0.C_Logout?(handle) } }

    /// Without a PIN it is entered on the device.
    func login(_ user: UInt, pin: [UInt8]?) throws(PKCS11Failure) {
        var pin = pin
        defer { pin?.wipe() }
        try module.call("C_Login") { functions in
            guard var bytes = pin else { return functions.C_Login?(handle, user, nil, 0) }
            return functions.C_Login?(handle, user, &bytes, UInt(bytes.count))
        }
    }

    func find(_ attributes: [TokenAttribute]) throws(PKCS11Failure) -> [UInt] {
        try module.call("C_FindObjectsInit") { functions in
            TokenAttribute.lend(attributes) { functions.C_FindObjectsInit?(handle, $0, $1) }
        }
        defer { try? module.call("C_FindObjectsFinal") { $0.C_FindObjectsFinal?(handle) } }
        var found: [UInt] = []
        // No token holds as many; one that goes on and on is broken.
        while found.count < 4_096 {
            var some = [UInt](repeating: 0, count: 64)
            var count: UInt = 0
            try module.call("C_FindObjects") { $0.C_FindObjects?(handle, &some, UInt(some.count), &count) }
            guard count > 0 else { break }
            found += some.prefix(Int(min(count, 64)))
        }
        return found
    }

    /// `nil` when the object does not have it or does not show it.
    func attribute(_ type: UInt, of object: UInt) throws(PKCS11Failure) -> [UInt8]? {
        var wanted = ck_attribute(type: type, value: nil, value_len: 0)
        do {
            try module.call("C_GetAttributeValue") { $0.C_GetAttributeValue?(handle, object, &wanted, 1) }
            guard wanted.value_len > 0, wanted.value_len <= 1 << 20 else { return nil }
            var bytes = [UInt8](repeating: 0, count: Int(wanted.value_len))
            try module.call("C_GetAttributeValue") { functions in
                bytes.withUnsafeMutableBytes { room in
                    wanted.value = room.baseAddress
                    return functions.C_GetAttributeValue?(handle, object, &wanted, 1)
                }
            }
            return Array(bytes.prefix(Int(min(wanted.value_len, UInt(bytes.count)))))
        } catch {
            let absent = [CKR_ATTRIBUTE_TYPE_INVALID, CKR_ATTRIBUTE_SENSITIVE].contains(error.code)
            guard absent else { throw error }
            return nil
        }
    }

    /// - Parameter pin: For keys that want the PIN for each signature anew (CKA_ALWAYS_AUTHENTICATE).
    func sign(
        _ bytes: [UInt8], with key: UInt, _ mechanism: TokenMechanism, pin: [UInt8]?
    ) throws(PKCS11Failure) -> [UInt8] {
        try module.call("C_SignInit") { functions in
            mechanism.lend { functions.C_SignInit?(handle, $0, key) }
        }
        if let pin { try login(UInt(CKU_CONTEXT_SPECIFIC), pin: pin) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: 1_024)
        var count = UInt(output.count)
        try module.call("C_Sign") { $0.C_Sign?(handle, &input, UInt(input.count), &output, &count) }
        guard count <= output.count else {
            throw PKCS11Failure(function: "C_Sign", code: UInt(CKR_BUFFER_TOO_SMALL))
        }
        return Array(output.prefix(Int(count)))
    }
}

extension [UInt8] {
    /// Overwrites what should not stay in memory.
    mutating func wipe() {
        withUnsafeMutableBytes { room in
            for index in room.indices { room[index] = 0 }
        }
    }
}
