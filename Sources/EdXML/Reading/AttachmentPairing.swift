import Glibc

/// Brings what the manifest lists and what was sent together, takes wrappers off, and leaves out what is damaged.
struct AttachmentPairing {
    private struct Sent {
        let attachment: Attachment
        /// `nil` where there was no content.
        let file: AttachmentReceiver.Received?
    }

    private let limits: MessageLimits
    private let listed: [Attachment]
    private let sent: [Sent]
    /// Bytes of all attachments as they lie in the folder.
    private var total: Int
    private(set) var findings: [MessageFinding] = []

    init(_ root: XMLNode, _ files: [AttachmentReceiver.Received], limits: MessageLimits) throws(EdXMLError) {
        self.limits = limits
        listed =
            root.descendant("edXMLManifest")?.all("Reference").map(Self.read).filter { $0 != Attachment() }
            ?? []
        total = files.reduce(0) { $0 + $1.size }
        var sent: [Sent] = []
        var unclaimed = Set(files.indices)
        for node in root.descendant("AttachmentEncoded")?.all("Attachment") ?? [] {
            let index = node.first("ContentTransferEncoded")?.attachment
            let file = index.flatMap { unclaimed.remove($0) }.map { files[$0] }
            sent.append(Sent(attachment: Self.read(node), file: file))
        }
        // Wherever else content stood: it came, so it is shown.
        sent += unclaimed.sorted().map { Sent(attachment: Attachment(), file: files[$0]) }
        self.sent = sent
        guard listed.count <= limits.attachments, sent.count <= limits.attachments else {
            throw .overLimit("attachments")
        }
    }

    private static func read(_ node: XMLNode) -> Attachment {
        func text(_ name: String) -> String? { node.first(name).flatMap { $0.text.isEmpty ? nil : $0.text } }
        // Some name the content by a link only.
        let link = node.attributes.first { $0.key.hasSuffix("href") && !$0.value.isEmpty }?.value
        return Attachment(
            contentID: text("ContentId") ?? link, name: text("AttachmentName"),
            contentType: text("ContentType"),
            description: text("Description"))
    }

    // MARK: Which belongs to which

    /// In the order of the manifest; what is not listed there comes after.
    mutating func run() throws(EdXMLError) -> [Attachment] {
        let places = pairs()
        var result: [Attachment] = []
        for (entry, place) in zip(listed, places) {
            var attachment = entry
            if let place {
                attachment.contentType = sent[place].attachment.contentType ?? entry.contentType
                attachment.name = entry.name ?? sent[place].attachment.name
            }
            result.append(
                try finished(attachment, place.flatMap { sent[$0].file }, ordinal: result.count + 1))
        }
        for place in Set(sent.indices).subtracting(places.compactMap { $0 }).sorted() {
            let rest = sent[place]
            findings.append(MessageFinding(.attachmentNotListed, rest.attachment.name))
            result.append(try finished(rest.attachment, rest.file, ordinal: result.count + 1))
        }
        return result
    }

    /// For each entry of the manifest the place of what was sent: by identifier, and by name where one side has none.
    private func pairs() -> [Int?] {
        let keys = sent.map { Self.key($0.attachment) }
        var free = Set(sent.indices)
        var places = [Int?](repeating: nil, count: listed.count)
        for (index, entry) in listed.enumerated() {
            guard let key = Self.key(entry) else { continue }
            let same = sent.indices.filter { keys[$0] == key && free.contains($0) }
            places[index] = same.first { sent[$0].attachment.name == entry.name } ?? same.first
            if let place = places[index] { free.remove(place) }
        }
        for (index, entry) in listed.enumerated() where places[index] == nil && entry.name != nil {
            places[index] = sent.indices.first {
                free.contains($0) && sent[$0].attachment.name == entry.name
                    && (Self.key(entry) == nil || keys[$0] == nil)
            }
            if let place = places[index] { free.remove(place) }
        }
        return places
    }

    /// Some write the identifier with the scheme `cid:`, some without.
    private static func key(_ attachment: Attachment) -> String? {
        attachment.contentID.map { $0.lowercased().hasPrefix("cid:") ? String($0.dropFirst(4)) : $0 }
    }

    // MARK: What it is

    private mutating func finished(
        _ attachment: Attachment, _ file: AttachmentReceiver.Received?, ordinal: Int
    ) throws(EdXMLError) -> Attachment {
        var attachment = attachment
        if let name = attachment.name {
            let safe = SafeName.of(name) ?? "tep-\(ordinal)"
            if safe != name { findings.append(MessageFinding(.attachmentNameChanged, name)) }
            attachment.name = safe
        }
        guard let file else {
            findings.append(MessageFinding(.attachmentMissing, attachment.name ?? attachment.contentID))
            return attachment
        }
        do throws(AttachmentProblem) {
            if let fault = file.fault { throw AttachmentProblem(fault) }
            let (path, size) = try opened(file, attachment.name)
            // A file without a byte in it is none.
            if size == 0 {
                unlink(path)
                findings.append(MessageFinding(.attachmentMissing, attachment.name ?? attachment.contentID))
                return attachment
            }
            (attachment.file, attachment.size) = (path, size)
        } catch {
            attachment.fault = try error.fault()
            unlink(file.path)
            findings.append(
                MessageFinding(
                    .attachmentDamaged, attachment.name ?? attachment.contentID, attachment.fault))
            return attachment
        }
        if file.isPDF, file.replacementCharacters > max(8, file.size / 2_000) {
            findings.append(MessageFinding(.attachmentDestroyed, attachment.name))
        }
        return attachment
    }

    /// The file itself, out of its wrapper where it has one.
    private mutating func opened(_ file: AttachmentReceiver.Received, _ name: String?)
        throws(AttachmentProblem)
        -> (String, Int)
    {
        guard let wrapped = try WrappedFile(file.path, attachmentName: name) else {
            return (file.path, file.size)
        }
        total += try wrapped.size(within: limits) - file.size
        guard total <= limits.totalSize else { throw .whole(.overLimit("attachments")) }
        let target = file.path + "-mo"
        do throws(AttachmentProblem) {
            let size = try wrapped.unpack(to: target, limits: limits)
            unlink(file.path)
            return (target, size)
        } catch {
            unlink(target)
            throw error
        }
    }
}
