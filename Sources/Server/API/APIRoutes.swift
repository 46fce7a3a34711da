// The one table of the API: the verbs of the story, each with an operation of the office behind it. Router,
// description and the test that holds the two together all read it.

package enum APIRoutes {
    package static let all: [APIRoute] =
        DirectoryAPI.routes + DeskAPI.routes + FilesAPI.routes + ArrivalsAPI.routes + ReceiptsAPI.routes
        + DraftsAPI.routes + SendingAPI.routes + SigningAPI.routes + SigningBatchesAPI.routes
        + IssuancesAPI.routes
        + MessagesAPI.routes
        + CertificatesAPI.routes + SignaturesAPI.routes + CorrespondentsAPI.routes
}
