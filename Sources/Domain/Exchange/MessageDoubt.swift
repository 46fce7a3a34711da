// What a message of QCVN 102 would have odd about it, known before a number is taken: its readers may cut what is longer than
// Phụ lục VI allows, and without some facts there is no message at all.

/// A part of the message, by the name of its element.
package enum MessagePart: String, Sendable, Codable, CaseIterable {
    case senderCode = "From/OrganId"
    case senderName = "From/OrganName"
    case recipientCode = "To/OrganId"
    case recipientName = "To/OrganName"
    case number = "CodeNumber"
    case notation = "CodeNotation"
    case place = "Place"
    case typeName = "TypeName"
    case subject = "Subject"
    case signer = "FullName"
    case signerTitle = "Position"
    case pages = "PageAmount"
    case places = "ToPlaces"
    /// Anything else in it.
    case other = ""
}

package enum MessageDoubt: Hashable, Sendable {
    /// In characters.
    case tooLong(MessagePart, count: Int, limit: Int)
    /// A code outside both grammars, as it is.
    case oddCode(String)
}
