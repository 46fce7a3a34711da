// The catalogues that come with VanThu, so that a fresh office has them: the facts of the regulations of Kiên Giang (with the
// exceptions of its Quy chế and of letter 144) and of Lục Nam. Files of the same form replace them at any time.

package enum KnownCatalogue: String, Sendable, CaseIterable {
    case kienGiang = "kien-giang"
    case lucNam = "luc-nam"

    /// The regulation whose list it is, for a file that says no basis.
    package var basis: String {
        switch self {
        case .kienGiang:
            "Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo"
        case .lucNam: "Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam"
        }
    }

    package var firstDay: OfficeDate? {
        switch self {
        case .kienGiang: OfficeDate(year: 2020, month: 2, day: 15)
        case .lucNam: OfficeDate(year: 2019, month: 4, day: 26)
        }
    }

    package var text: String {
        switch self {
        case .kienGiang: Self.kienGiangText
        case .lucNam: Self.lucNamText
        }
    }

    /// Kiên Giang says nothing of receiving. "Sent with paper" is Điều 5.2 of the Quy chế; the list of letter 144 is newer,
    /// and its exceptions take those documents out of "without paper" again.
    private static let kienGiangText = """
        ten_loai,loai,linh_vuc,noi_nhan,hinh_thuc,can_cu,tu_ngay
        Tất cả văn bản điện tử,*,,,dien_tu,"Quy chế ban hành kèm theo Quyết định số 278/QĐ-UBND ngày 01/02/2019 của Chủ tịch UBND tỉnh Kiên Giang, Điều 5 khoản 1",2019-02-01
        Văn bản quy phạm pháp luật,*,quy-pham-phap-luat,,dien_tu_va_giay,"Quy chế ban hành kèm theo Quyết định số 278/QĐ-UBND ngày 01/02/2019 của Chủ tịch UBND tỉnh Kiên Giang, Điều 5 khoản 2",2019-02-01
        "Văn bản, hồ sơ trình, kiến nghị",*,ho-so-trinh,,dien_tu_va_giay,"Quy chế ban hành kèm theo Quyết định số 278/QĐ-UBND ngày 01/02/2019 của Chủ tịch UBND tỉnh Kiên Giang, Điều 5 khoản 2",2019-02-01
        "Văn bản, hồ sơ trình, kiến nghị; trình UBND tỉnh, Chủ tịch UBND tỉnh thì thực hiện theo Quy chế làm việc của UBND tỉnh",*,ho-so-trinh,,dien_tu_va_giay,"Quy chế ban hành kèm theo Quyết định số 278/QĐ-UBND ngày 01/02/2019 của Chủ tịch UBND tỉnh Kiên Giang, Điều 5 khoản 2; Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, gạch đầu dòng thứ ba (Quy chế làm việc của UBND tỉnh, Quyết định số 29/2017/QĐ-UBND ngày 18/8/2017)",2020-02-15
        Phiếu chuyển,,,,dien_tu_va_giay,"Quy chế ban hành kèm theo Quyết định số 278/QĐ-UBND ngày 01/02/2019 của Chủ tịch UBND tỉnh Kiên Giang, Điều 5 khoản 2",2019-02-01
        "Văn bản liên quan đến sử dụng tài sản công, ngân sách nhà nước",*,tai-san-cong,,dien_tu_va_giay,"Quy chế ban hành kèm theo Quyết định số 278/QĐ-UBND ngày 01/02/2019 của Chủ tịch UBND tỉnh Kiên Giang, Điều 5 khoản 2",2019-02-01
        "Nghị quyết của HĐND cấp tỉnh, cấp huyện, cấp xã",,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 1",2020-02-15
        "Quyết định của UBND cấp tỉnh, cấp huyện, cấp xã",,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 2",2020-02-15
        Nghị quyết (cá biệt),,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 5",2020-02-15
        Quyết định (cá biệt),,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 6",2020-02-15
        Chỉ thị,,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 7",2020-02-15
        Quy chế,,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 8",2020-02-15
        Quy định,,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 9",2020-02-15
        Thông cáo,,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 10",2020-02-15
        Thông báo,,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 11",2020-02-15
        Hướng dẫn,,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 12",2020-02-15
        Chương trình,,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 13",2020-02-15
        Kế hoạch,,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 14",2020-02-15
        Phương án,,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 15",2020-02-15
        Đề án,,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 16",2020-02-15
        Dự án,,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 17",2020-02-15
        Báo cáo,,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 18",2020-02-15
        Tờ trình,,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 19",2020-02-15
        Công văn,,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 20",2020-02-15
        Công điện,,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 21",2020-02-15
        Giấy ủy quyền,,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 22",2020-02-15
        Giấy mời,,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 23",2020-02-15
        Phiếu gửi,,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 24",2020-02-15
        Phiếu chuyển,,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 25",2020-02-15
        Phiếu báo,,,,dien_tu,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, danh mục kèm theo, số 26",2020-02-15
        Văn bản quy phạm pháp luật gửi cơ quan kiểm tra văn bản,*,quy-pham-phap-luat,kiem-tra-van-ban,dien_tu_va_giay,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, gạch đầu dòng thứ tư",2020-02-15
        Văn bản quy phạm pháp luật gửi cơ quan đăng Công báo,*,quy-pham-phap-luat,cong-bao,dien_tu_va_giay,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, gạch đầu dòng thứ tư",2020-02-15
        Văn bản quy phạm pháp luật gửi đăng cơ sở dữ liệu quốc gia về pháp luật,*,quy-pham-phap-luat,csdl-phap-luat,dien_tu_va_giay,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, gạch đầu dòng thứ tư",2020-02-15
        "Văn bản, hồ sơ bắt buộc phải gửi bản giấy theo văn bản quy phạm pháp luật",*,bat-buoc-ban-giay,,dien_tu_va_giay,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, trường hợp không áp dụng danh mục",2020-02-15
        "Bản đồ, bản vẽ thiết kế, ấn phẩm, vật phẩm",*,ban-do-ban-ve,,dien_tu_va_giay,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, trường hợp không áp dụng danh mục",2020-02-15
        "Văn bản, hồ sơ liên quan đến quy hoạch",*,quy-hoach,,dien_tu_va_giay,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, trường hợp không áp dụng danh mục",2020-02-15
        "Văn bản, hồ sơ liên quan đến tài chính",*,tai-chinh,,dien_tu_va_giay,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, trường hợp không áp dụng danh mục",2020-02-15
        "Văn bản, hồ sơ liên quan đến tài chính: giao dự toán ngân sách nhà nước",*,giao-du-toan,,dien_tu_va_giay,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, trường hợp không áp dụng danh mục",2020-02-15
        "Văn bản, hồ sơ liên quan đến tổ chức, bộ máy",*,to-chuc-bo-may,,dien_tu_va_giay,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, trường hợp không áp dụng danh mục",2020-02-15
        "Văn bản, hồ sơ liên quan đến nhân sự, chế độ chính sách đối với công chức, viên chức",*,nhan-su,,dien_tu_va_giay,"Công văn số 144/UBND-HCTC ngày 10/02/2020 của UBND tỉnh Kiên Giang, trường hợp không áp dụng danh mục",2020-02-15
        """

    private static let lucNamText = """
        ten_loai,hinh_thuc,gui,nhan,can_cu,tu_ngay
        Báo cáo,dien_tu,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục I, số 1",2019-04-26
        Chỉ thị,dien_tu,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục I, số 2",2019-04-26
        Chương trình,dien_tu,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục I, số 3",2019-04-26
        Kế hoạch,dien_tu,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục I, số 4",2019-04-26
        Hướng dẫn,dien_tu,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục I, số 5",2019-04-26
        Quy định,dien_tu,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục I, số 6",2019-04-26
        Quy chế,dien_tu,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục I, số 7",2019-04-26
        Thông báo,dien_tu,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục I, số 8",2019-04-26
        Công văn,dien_tu,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục I, số 9",2019-04-26
        Giấy mời,dien_tu,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục I, số 10",2019-04-26
        Công điện,dien_tu,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục I, số 11",2019-04-26
        Đề án,dien_tu_va_giay,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục II, số 1",2019-04-26
        Quyết định,dien_tu_va_giay,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục II, số 2",2019-04-26
        Nghị quyết,dien_tu_va_giay,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục II, số 3",2019-04-26
        Tờ trình,dien_tu_va_giay,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục II, số 4",2019-04-26
        "Các văn bản giải quyết đơn thư, KNTC",dien_tu_va_giay,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục II, số 5",2019-04-26
        Phiếu gửi,dien_tu_va_giay,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục II, số 6",2019-04-26
        Phiếu chuyển,dien_tu_va_giay,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục II, số 7",2019-04-26
        Giấy chứng nhận,dien_tu_va_giay,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục II, số 8",2019-04-26
        Giấy biên nhận hồ sơ,dien_tu_va_giay,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục II, số 9",2019-04-26
        Giấy ủy quyền,dien_tu_va_giay,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục II, số 10",2019-04-26
        Quyết định giao dự toán NSNN,giay,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục III, số 1",2019-04-26
        Bản cam kết,giay,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục III, số 2",2019-04-26
        Bản ghi nhớ,giay,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục III, số 3",2019-04-26
        Bản thỏa thuận,giay,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục III, số 4",2019-04-26
        Biên bản,giay,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục III, số 5",2019-04-26
        Dự án,giay,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục III, số 6",2019-04-26
        Giấy đi đường,giay,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục III, số 7",2019-04-26
        Giấy giới thiệu,giay,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục III, số 8",2019-04-26
        Giấy nghỉ phép,giay,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục III, số 9",2019-04-26
        Hợp đồng,giay,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục III, số 10",2019-04-26
        Phương án,giay,x,x,"Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục III, số 11",2019-04-26
        """
}
