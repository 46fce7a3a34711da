// What `vanthu verify` prints: one Vietnamese line for each fault, so that an administrator knows what to look at.
import Operations

enum VerificationLines {
    static func print(_ findings: VerificationFindings) {
        for fault in findings.faults {
            Swift.print("SAI LỆCH  \(fault.agency ?? "Toàn hệ thống"): \(text(fault.code)): \(fault.subject)")
        }
        let unshown = findings.faultCount - findings.faults.count
        if unshown > 0 { Swift.print("… và \(unshown) sai lệch cùng loại nữa.") }
        for note in findings.notes {
            Swift.print("Ghi chú   \(note.agency ?? "Toàn hệ thống"): \(text(note.code)): \(note.subject)")
        }
        print(findings.extent)
        Swift.print(
            findings.isClean ? "Không có sai lệch." : "Có \(findings.faultCount) sai lệch.")
    }

    private static func print(_ extent: VerificationExtent) {
        Swift.print(
            """
            Nhật ký: \(extent.journalChains) chuỗi, \(extent.journalEntries) mục.
            Sổ: \(extent.numberSeries) sổ theo năm, \(extent.numbers) số.
            Tệp: \(extent.files) tệp, \(extent.bytes) byte.
            Việc: \(extent.deskItems). Mục tìm kiếm: \(extent.searchEntries). Lượt gửi: \(extent.deliveries).
            """)
    }

    private static func text(_ code: VerificationFault.Code) -> String {
        switch code {
        case .journalEntryAltered: "mục nhật ký đã bị sửa, mục số"
        case .journalEntryUnreadable: "mục nhật ký không đọc được, mục số"
        case .journalEntryMissing: "nhật ký thiếu mục số"
        case .journalLinkBroken: "mục nhật ký không nối với mục trước, mục số"
        case .journalHeadDiffers: "cuối chuỗi nhật ký không khớp, mục cuối đọc được"
        case .numberMissing: "thiếu số"
        case .numberDoubled: "trùng số"
        case .numberOutsideSeries: "số nằm ngoài dãy đã cấp"
        case .entryMisplaced: "văn bản nằm trong sổ chưa mở hoặc của cơ quan khác, số"
        case .fileMissing: "mất tệp"
        case .fileAltered: "tệp đã bị thay đổi nội dung"
        case .fileUnreadable: "không đọc được tệp"
        case .fileNameMalformed: "mã tệp trong cơ sở dữ liệu không đúng dạng"
        case .deskItemMissing: "thiếu việc (chạy vanthu rebuild để dựng lại)"
        case .deskItemStray: "việc không còn căn cứ (chạy vanthu rebuild để dựng lại)"
        case .deskItemDiffers: "việc ghi khác dữ liệu gốc (chạy vanthu rebuild để dựng lại)"
        case .searchTextDiffers: "chỉ mục tìm kiếm thiếu hoặc sai (chạy vanthu rebuild để dựng lại)"
        case .searchTextStray: "chỉ mục tìm kiếm thừa (chạy vanthu rebuild để dựng lại), số mục"
        case .deliveryLost: "văn bản gửi đi chưa đến và không còn trong hàng đợi"
        case .receiptUnsent: "văn bản chờ tiếp nhận không có lượt gửi tương ứng"
        case .deliveryStatusDiffers: "trạng thái bên gửi biết khác việc bên nhận đã làm"
        case .draftApartFromIssuance: "trạng thái dự thảo không khớp với sổ văn bản đi"
        case .signedFileMissing: "dự thảo đã ký nhưng không có tệp đã ký"
        case .draftAtNoStep: "dự thảo đang trình nhưng không ở đúng một bước"
        case .arrivalApartFromParts: "trạng thái văn bản đến không khớp với phân công, số đến"
        }
    }

    private static func text(_ code: VerificationNote.Code) -> String {
        switch code {
        case .unusedFiles: "tệp không còn được dùng, có thể dọn"
        case .numberedNotIssued: "đã cấp số hơn một giờ, chưa phát hành"
        case .messagesFailing: "thông điệp liên thông chưa chuyển được"
        }
    }
}
