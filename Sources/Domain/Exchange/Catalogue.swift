// What a list of agencies says (A9, E1): danh bạ of the national axis, of a ministry or a province, as a table or as the
// answer of a service. Codes are taken as they stand; nothing is ever derived from them.

/// One agency of a list, as the list has it; what it does not say is empty.
package struct CatalogueEntry: Sendable, Equatable {
    /// Where in the list: the line of a file, the position in an answer; counted from 1.
    package var line: Int
    /// The list's own number of the agency and of its superior (`id`, `pid`).
    package var listID = ""
    package var parentID = ""
    package var name = ""
    /// Either form; which one it is, is looked at when it is taken up.
    package var code = ""
    package var codeQCVN102 = ""
    /// The code it went by before.
    package var oldCode = ""
    package var superiorName = ""
    package var superiorCode = ""
    package var kind: CorrespondentKind?
    package var mail = ""
    package var address = ""
    package var validFrom: OfficeDate?
    package var validTo: OfficeDate?
    package var successorCode = ""
    package var isDeleted = false
    package var changedOn: OfficeDate?

    package init(line: Int) { self.line = line }
}

/// What taking up a list did, or would do.
package struct CatalogueReport: Sendable, Equatable {
    package enum Fault: Sendable, Equatable {
        case unreadable(String)
        case noName
        case noCode
        case tooLong(String)
        /// Another line has the code already.
        case doubled(code: String, line: Int)
        /// The codes of this line belong to two agencies that are known here.
        case twoAgencies(String, String)
        case badDay(String)
        /// The code is that of an agency that is reached by another way.
        case knownOtherwise(String)
        /// New agencies are to be reached by mail, and this one has no address.
        case noMail
    }

    package enum Doubt: Sendable, Equatable {
        /// Outside both grammars, and used on the wire all the same.
        case oddCode(String)
        /// An agency of this installation has another name here, which stays.
        case hostedName(ours: String, listed: String)
        case hostedEnded(String)
        case successorUnknown(String)
    }

    package struct Refusal: Sendable, Equatable {
        package let line: Int
        package let name: String
        package let fault: Fault

        package init(line: Int, name: String, fault: Fault) {
            (self.line, self.name, self.fault) = (line, name, fault)
        }
    }

    package struct Warning: Sendable, Equatable {
        package let line: Int
        package let name: String
        package let doubt: Doubt

        package init(line: Int, name: String, doubt: Doubt) {
            (self.line, self.name, self.doubt) = (line, name, doubt)
        }
    }

    package var added = 0
    package var changed = 0
    package var ended = 0
    package var unchanged = 0
    package var refused: [Refusal] = []
    package var warnings: [Warning] = []
    /// Names of those that end, as many as a person can look through.
    package var endedNames: [String] = []

    package init() {}

    package static let namesShown = 50
}
