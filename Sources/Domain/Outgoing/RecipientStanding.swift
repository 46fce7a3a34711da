// Whom a document may be sent to on a day (A9, E1): agencies of the catalogue that letters go to then. For one that has ended
// the clerk learns who does its work now.

/// A recipient letters go to no more.
package struct EndedRecipient: Sendable, Equatable {
    package let name: String
    /// Empty where nobody is known to do its work.
    package let successor: String

    package init(name: String, successor: String) { (self.name, self.successor) = (name, successor) }

    var refusal: Refusal { .recipientEnded(name: name, successor: successor) }
}

/// What the catalogue knows of those chosen.
package struct RecipientStanding: Sendable, Equatable {
    package let valid: Set<ID<Agency>>
    package let ended: [EndedRecipient]

    package init(valid: Set<ID<Agency>>, ended: [EndedRecipient] = []) {
        (self.valid, self.ended) = (valid, ended)
    }
}
