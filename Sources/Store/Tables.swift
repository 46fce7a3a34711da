// The door to the tables inside one transaction: `tables.arrivals.insert(…)`. Each table file holds the writes and the
// single-row reads of one aggregate; the lists people look at are in the `…Lists` files.
import DualSQL

package struct Tables {
    package let connection: Connection
    package init(_ connection: Connection) { self.connection = connection }

    package var agencies: AgencyTable { AgencyTable(connection: connection) }
    package var accounts: AccountTable { AccountTable(connection: connection) }
    package var positions: PositionTable { PositionTable(connection: connection) }
    package var sessions: SessionTable { SessionTable(connection: connection) }
    package var accessLog: AccessLogTable { AccessLogTable(connection: connection) }
    package var calendar: CalendarTable { CalendarTable(connection: connection) }
    package var journal: JournalTable { JournalTable(connection: connection) }
    package var desk: DeskTable { DeskTable(connection: connection) }
    package var stagedFiles: StagedFileTable { StagedFileTable(connection: connection) }
    package var acts: ActTable { ActTable(connection: connection) }
    package var documents: DocumentTable { DocumentTable(connection: connection) }
    package var documentTypes: DocumentTypeTable { DocumentTypeTable(connection: connection) }
    package var registers: RegisterTable { RegisterTable(connection: connection) }
    package var arrivals: ArrivalTable { ArrivalTable(connection: connection) }
    package var arrivalLists: ArrivalLists { ArrivalLists(connection: connection) }
    package var entryText: EntryText { EntryText(connection: connection) }
}

extension Connection {
    /// ` FOR UPDATE` where rows are locked one by one; SQLite's write transactions hold the whole file already.
    var forUpdate: SQL { dialect == .postgres ? " FOR UPDATE" : "" }

    /// The same for rows that stay what they are to others: who writes a row that only refers to them does not wait.
    var forChange: SQL { dialect == .postgres ? " FOR NO KEY UPDATE" : "" }
}
