// The whole schema, as numbered migrations that never change once landed. Truth tables are what decisions read; artefact
// tables are only added to; cache tables can be rebuilt. The dumps for both databases are in docs/schema.
import DualSQL

package enum OfficeSchema {
    package static let migrations: [Migration] = [
        Migration(number: 1, name: "directory", sql: directory),
        Migration(number: 2, name: "journal", sql: journal),
        Migration(number: 3, name: "documents", sql: documents),
        Migration(number: 4, name: "incoming", sql: incoming),
        Migration(number: 5, name: "drafting", sql: drafting),
        Migration(number: 6, name: "outgoing", sql: outgoing),
        Migration(number: 7, name: "machinery", sql: machinery),
        Migration(number: 8, name: "certificates", sql: certificates),
        Migration(number: 9, name: "waiting signatures", sql: waitingSignatures),
        Migration(number: 10, name: "handovers", sql: handovers),
        Migration(number: 11, name: "verdicts", sql: verdicts),
        Migration(number: 12, name: "exchange", sql: exchange),
        Migration(number: 13, name: "media and paper", sql: paper),
        Migration(number: 14, name: "catalogue", sql: catalogue),
        Migration(number: 15, name: "lists of the exchange", sql: exchangeLists),
        Migration(number: 16, name: "sending in the draft", sql: sending),
        Migration(number: 17, name: "arriving", sql: arriving),
        Migration(number: 18, name: "whose a lease is", sql: leases),
        Migration(number: 19, name: "what messages mean", sql: meanings),
        Migration(number: 20, name: "look-ups of messages and files", sql: lookUps),
        Migration(number: 21, name: "the way a letter went", sql: ways),
        Migration(number: 22, name: "whether a message may have arrived", sql: doubts),
        Migration(number: 23, name: "the slip a signature saw", sql: slips),
        Migration(number: 24, name: "how sending and receiving go", sql: directions),
        Migration(number: 25, name: "sent again after a refusal", sql: sentAgain),
        Migration(number: 26, name: "mail in small letters", sql: mailNames),
    ]

    /// Brings the database to the newest schema.
    @discardableResult
    package static func migrate(_ database: Database) throws -> [String] {
        try Migrator(migrations).migrate(database)
    }
}
