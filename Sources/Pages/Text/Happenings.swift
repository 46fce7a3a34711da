// What was done, as the history says it, and what could not be done, as the first words of an error.
import Domain

extension Vi {
    /// After the name of the person: "… cho ý kiến chỉ đạo".
    package static func happened(_ verb: Verb) -> String {
        switch verb {
        case .incomingRegistered: "đăng ký văn bản đến"
        case .incomingDirected: "cho ý kiến chỉ đạo"
        case .assignmentStarted: "bắt đầu xử lý"
        case .assignmentCompleted: "hoàn thành phần việc"
        case .arrivalStamped: "đóng dấu đến có chữ ký số"
        case .paperReceived: "ghi đã nhận bản giấy"
        case .arrivalClosed: "kết thúc văn bản đến theo văn bản trả lời"
        case .receiptArrived: "nhận văn bản điện tử qua liên thông"
        case .receiptAccepted: "tiếp nhận văn bản điện tử"
        case .receiptRefused: "từ chối tiếp nhận"
        case .receiptCorrected: "sửa thông tin văn bản nhận qua thư điện tử"
        case .arrivalScanned: "quét vi-rút lại văn bản điện tử"
        case .deliveryStatusChanged: "ghi nhận trạng thái của nơi nhận"
        case .recallAsked, .updateAsked, .requestArrived, .requestDecided, .messageFailed, .messageRevived,
            .messageGivenUp, .letterSentAgain, .recipientsAdded, .statusNoted, .inboundFailed,
            .inboundReopened,
            .inboundDismissed, .recipientUnknown,
            .channelHeld, .channelReleased:
            exchanged(verb)
        case .catalogueRefreshed, .agencyCodeSet, .correspondentRouted, .correspondentAdded,
            .correspondentCorrected, .recipientGroupSaved, .recipientGroupRemoved:
            catalogued(verb)
        case .draftOpened: "lập dự thảo"
        case .draftChanged: "sửa thông tin dự thảo"
        case .draftSendingSet: "ghi nơi nhận của dự thảo"
        case .draftVersionAdded: "thêm phiên bản"
        case .draftFileAdded: "thêm tệp kèm theo"
        case .draftFileRemoved: "bỏ tệp kèm theo"
        case .draftConverted: "chuyển tệp Word sang PDF"
        case .draftConversionFailed: "chưa chuyển được tệp sang PDF"
        case .draftConversionRepeated: "yêu cầu chuyển lại tệp sang PDF"
        case .draftSubmitted: "trình dự thảo"
        case .draftInitialled: "ký nháy dự thảo"
        case .draftSubmittedOnward: "trình tiếp dự thảo"
        case .draftReturned: "trả lại dự thảo để sửa"
        case .draftStepTakenBack: "lấy lại dự thảo"
        case .draftPrepared: "đặt vị trí số, ngày, chữ ký và dấu"
        case .draftSigned: "ký số văn bản"
        case .draftReturnedByClerk: "trả văn bản lại người ký"
        case .numberTaken: "cấp số, ngày của văn bản đi"
        case .numberVoided: "hủy số văn bản đi"
        case .documentIssued: "đóng dấu và phát hành văn bản"
        case .remoteSignatureAsked: "gửi yêu cầu ký số từ xa"
        case .remoteSignatureCancelled: "hủy yêu cầu ký số từ xa"
        case .remoteSignatureEnded: "kết thúc yêu cầu ký số từ xa, chưa ký được"
        case .signatureRaised: "bổ sung dấu thời gian cho chữ ký"
        case .signingBatchStarted: "bắt đầu ký nhiều văn bản"
        case .signingBatchCancelled: "dừng ký nhiều văn bản"
        case .signingBatchEnded: "kết thúc lượt ký nhiều văn bản"
        case .keyTested: "tự kiểm tra chứng thư số"
        case .certificateRequested: "gửi đề nghị về chứng thư số"
        case .certificateRequestWithdrawn: "rút đề nghị về chứng thư số"
        case .certificateRequestAnswered: "trả lời đề nghị về chứng thư số"
        case .handoverOpened, .handoverFetched, .handoverReturned, .handoverRefused, .handoverCancelled,
            .handoverTimedOut:
            handedOver(verb)
        case .mediumRulesImported: "nhập danh mục hình thức gửi, nhận văn bản"
        case .recipientDutySet: "ghi nhiệm vụ của nơi nhận về văn bản quy phạm pháp luật"
        case .copyCertified: "lập bản sao y để gửi giấy"
        case .paperPrinted: "ghi đã in bản giấy"
        case .paperPosted: "ghi đã gửi bản giấy"
        default: administered(verb)
        }
    }

    /// Files given out to the signing program on the person's own machine.
    private static func handedOver(_ verb: Verb) -> String {
        switch verb {
        case .handoverOpened: "giao tệp cho phần mềm ký số"
        case .handoverFetched: "phần mềm ký số đã tải tệp"
        case .handoverReturned: "nhận tệp đã ký từ phần mềm ký số"
        case .handoverRefused: "không nhận tệp do phần mềm ký số trả về"
        case .handoverCancelled: "hủy việc giao tệp cho phần mềm ký số"
        default: "hết giờ chờ phần mềm ký số"
        }
    }

    /// After a document has gone, and when it would not go.
    private static func exchanged(_ verb: Verb) -> String {
        switch verb {
        case .recallAsked: "đề nghị lấy lại văn bản đã gửi"
        case .updateAsked: "đề nghị nơi nhận cập nhật văn bản"
        case .requestArrived: "nhận đề nghị của nơi gửi"
        case .requestDecided: "trả lời đề nghị của nơi gửi"
        case .letterSentAgain: "gửi lại văn bản cho nơi đã từ chối"
        case .statusNoted: "ghi tình trạng do nơi nhận báo"
        case .recipientsAdded: "gửi thêm nơi nhận sau khi phát hành"
        case .messageFailed: "chưa gửi được gói tin liên thông"
        case .messageRevived: "gửi lại gói tin liên thông"
        case .messageGivenUp: "thôi gửi gói tin liên thông"
        case .inboundFailed: "chưa đọc được gói tin nhận qua liên thông"
        case .inboundReopened: "đọc lại gói tin nhận qua liên thông"
        case .inboundDismissed: "bỏ qua gói tin nhận qua liên thông"
        case .recipientUnknown: "báo nơi gửi: mã nơi nhận không có ở hệ thống này"
        case .channelHeld: "tạm dừng kênh liên thông"
        default: "mở lại kênh liên thông"
        }
    }

    private static func catalogued(_ verb: Verb) -> String {
        switch verb {
        case .catalogueRefreshed: "cập nhật danh bạ cơ quan"
        case .agencyCodeSet: "nhập mã định danh của cơ quan"
        case .correspondentRouted: "đặt kênh liên thông tới cơ quan"
        case .correspondentAdded: "thêm cơ quan vào danh bạ"
        case .recipientGroupSaved: "lưu nhóm nơi nhận"
        case .recipientGroupRemoved: "xóa nhóm nơi nhận"
        default: "sửa cách gửi tới cơ quan trong danh bạ"
        }
    }

    private static func administered(_ verb: Verb) -> String {
        switch verb {
        case .agencyAdded: "thêm cơ quan"
        case .personAdded: "thêm người dùng"
        case .positionAdded: "thêm vị trí công tác"
        case .positionEnded: "kết thúc vị trí công tác"
        case .passwordReset: "đặt lại mật khẩu"
        case .passwordChanged: "đổi mật khẩu"
        case .accountLocked: "khóa tài khoản"
        case .accountUnlocked: "mở khóa tài khoản"
        case .keyIssued: "cấp chứng thư số"
        case .keyEnded: "ngừng dùng chứng thư số"
        case .focalAppointed: "cử đầu mối chứng thư số"
        case .focalEnded: "thôi cử đầu mối chứng thư số"
        case .installationAdministratorAppointed: "cử quản trị hệ thống"
        case .installationAdministratorEnded: "thôi cử quản trị hệ thống"
        case .tokenIssued: "cấp mã truy cập cho phần mềm"
        case .tokenRevoked: "thu hồi mã truy cập của phần mềm"
        default: verb.rawValue
        }
    }

    /// The first of the three things an error says: what did not happen.
    package static func notDone(_ verb: Verb?) -> String {
        switch verb {
        case .incomingRegistered: "Chưa đăng ký được văn bản."
        case .incomingDirected: "Chưa ghi được ý kiến chỉ đạo."
        case .assignmentStarted: "Chưa ghi nhận bắt đầu xử lý."
        case .arrivalStamped: "Chưa đóng được dấu đến."
        case .paperReceived: "Chưa ghi được là đã nhận bản giấy."
        case .assignmentCompleted: "Chưa ghi nhận hoàn thành."
        case .receiptAccepted: "Chưa tiếp nhận được văn bản."
        case .receiptRefused: "Chưa từ chối được văn bản."
        case .receiptCorrected: "Chưa sửa được thông tin văn bản."
        case .arrivalScanned: "Chưa quét lại được."
        case .recallAsked: "Chưa lấy lại được văn bản."
        case .updateAsked: "Chưa gửi được đề nghị cập nhật."
        case .requestDecided: "Chưa trả lời được nơi gửi."
        case .messageRevived, .letterSentAgain: "Chưa gửi lại được."
        case .statusNoted: "Chưa ghi được tình trạng."
        case .recipientsAdded: "Chưa gửi thêm được."
        case .messageGivenUp: "Chưa thôi gửi được."
        case .inboundReopened: "Chưa đọc lại được gói tin."
        case .inboundDismissed: "Chưa bỏ qua được gói tin."
        case .channelHeld: "Chưa tạm dừng được kênh."
        case .channelReleased: "Chưa mở lại được kênh."
        case .catalogueRefreshed: "Chưa cập nhật được danh bạ."
        case .agencyCodeSet: "Chưa nhập được mã định danh."
        case .correspondentRouted, .correspondentCorrected: "Chưa sửa được cách gửi."
        case .recipientGroupSaved: "Chưa lưu được nhóm nơi nhận."
        case .recipientGroupRemoved: "Chưa xóa được nhóm."
        case .correspondentAdded: "Chưa thêm được cơ quan vào danh bạ."
        case .draftOpened: "Chưa lập được dự thảo."
        case .draftChanged: "Chưa lưu được thông tin dự thảo."
        case .draftSendingSet: "Chưa lưu được nơi nhận của dự thảo."
        case .draftVersionAdded: "Chưa thêm được phiên bản."
        case .draftFileAdded: "Chưa thêm được tệp."
        case .draftFileRemoved: "Chưa bỏ được tệp."
        case .draftConversionRepeated: "Chưa chuyển lại được tệp."
        case .draftSubmitted: "Chưa trình được dự thảo."
        case .draftInitialled: "Chưa ký nháy được."
        case .draftSubmittedOnward: "Chưa trình tiếp được."
        case .draftReturned: "Chưa trả lại được dự thảo."
        case .draftStepTakenBack: "Chưa lấy lại được dự thảo."
        case .draftPrepared, .draftSigned: "Chưa ký được văn bản."
        case .draftReturnedByClerk: "Chưa trả lại được người ký."
        case .numberTaken, .documentIssued: "Chưa phát hành được văn bản."
        case .numberVoided: "Chưa hủy được số."
        case .handoverOpened: "Chưa giao được tệp cho phần mềm ký số."
        case .passwordChanged: "Chưa đổi được mật khẩu."
        case .signingBatchStarted: "Chưa ký được các văn bản đã chọn."
        case .signingBatchCancelled: "Chưa dừng được."
        case .remoteSignatureAsked: "Chưa gửi được yêu cầu ký."
        case .remoteSignatureCancelled: "Chưa hủy được yêu cầu ký."
        case .keyTested: "Chưa kiểm tra được chứng thư số."
        case .certificateRequested: "Chưa gửi được đề nghị."
        case .certificateRequestWithdrawn: "Chưa rút được đề nghị."
        case .certificateRequestAnswered: "Chưa ghi được kết quả."
        case .copyCertified: "Chưa lập được bản sao y."
        case .paperPrinted: "Chưa ghi được là đã in."
        case .paperPosted: "Chưa ghi được là đã gửi."
        default: "Chưa làm được việc này."
        }
    }
}
