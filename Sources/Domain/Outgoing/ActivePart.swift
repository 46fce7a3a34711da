// What a file may carry that acts by itself when it is opened; a file that goes out carries none of it (D9; Kiên Giang,
// Điều 9.2).

package enum ActivePart: String, Sendable, Codable, CaseIterable {
    // In PDF
    case script, automaticAction, launch, xmlForm, media, formTransfer
    // In both
    case embeddedFile
    // In Word, Excel, OpenDocument
    case macros, embeddedObject, activeX, externalContent, dataExchange, remoteTemplate
}
