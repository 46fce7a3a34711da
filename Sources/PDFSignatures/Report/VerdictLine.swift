/// A verdict cut down to the ten facts that the command line promises to scripts, under the names it promises,
/// and no others. Absent values are written as `null`, so that programs find every key.
public struct VerdictLine: Encodable, Sendable {
    public let verdict: SignatureVerdict

    public init(_ verdict: SignatureVerdict) { self.verdict = verdict }

    private enum CodingKeys: String, CodingKey {
        case field, indication, subIndication, level, signer, claimedTime, provenTime, coversWholeFile
        case modifications, findings
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(verdict.field, forKey: .field)
        try container.encode(verdict.indication, forKey: .indication)
        try container.encode(verdict.subIndication, forKey: .subIndication)
        try container.encode(verdict.level, forKey: .level)
        try container.encode(verdict.signer, forKey: .signer)
        try container.encode(verdict.claimedTime, forKey: .claimedTime)
        try container.encode(verdict.provenTime, forKey: .provenTime)
        try container.encode(verdict.coversWholeFile, forKey: .coversWholeFile)
        try container.encode(verdict.modifications, forKey: .modifications)
        try container.encode(verdict.findings, forKey: .findings)
    }
}
