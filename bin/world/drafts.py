"""The words of the drafts with the city's own letterheads, and the list enclosed with one of them; all invented."""

JUSTICE_PLACE = dict(superior=["ỦY BAN NHÂN DÂN", "THÀNH PHỐ RẠCH GIÁ"], agency=["PHÒNG TƯ PHÁP"], place="Rạch Giá",
                     month=5, signature=["TRƯỞNG PHÒNG"])

DRAFTS = [
    dict(
        file="01-cong-van-cung-cap-so-lieu-ho-tich.docx", agency="phong-tu-phap", type="cong-van",
        signer="tp.tuphap", answers="02-so-tu-phap-so-lieu-ho-tich-khan.pdf", urgency="urgent",
        enclosures="01-danh-sach-so-lieu-kem-theo.xlsx",
        letter=dict(
            **JUSTICE_PLACE, notation="PTP", addressees=["Sở Tư pháp tỉnh Kiên Giang"],
            abstract="cung cấp số liệu đăng ký hộ tịch, chứng thực quý I năm 2026",
            body=[
                "Phúc đáp Công văn số 436/STP-HCTP ngày 08 tháng 5 năm 2026 của Sở Tư pháp tỉnh Kiên Giang về việc "
                "cung cấp số liệu đăng ký hộ tịch, chứng thực quý I năm 2026, Phòng Tư pháp thành phố Rạch Giá báo "
                "cáo như sau:",
                "1. Trong quý I năm 2026, Ủy ban nhân dân 12 phường, xã trên địa bàn thành phố đã đăng ký {birth} việc "
                "khai sinh, {marriage} việc kết hôn, {death} việc khai tử; chứng thực {copies} bản sao và {signed} chữ "
                "ký. Số liệu của từng phường, xã tại danh sách kèm theo.",
                "2. Số hồ sơ tiếp nhận trực tuyến đạt 71% tổng số hồ sơ hộ tịch. Có 06 hồ sơ trả kết quả chậm 01 ngày "
                "làm việc do phải xác minh nơi cư trú; các phường đã có phiếu xin lỗi và hẹn lại theo quy định.",
                "3. Phòng Tư pháp đề nghị Sở Tư pháp hướng dẫn thống nhất cách thống kê việc khai tử đăng ký quá hạn, "
                "vì các phường, xã đang ghi nhận khác nhau.",
                "Phòng Tư pháp thành phố Rạch Giá kính báo cáo Sở Tư pháp tỉnh Kiên Giang tổng hợp./.",
            ],
            recipients=["Như trên", "UBND thành phố (để báo cáo)", "UBND 12 phường, xã"], archive="Lưu: VT")),
    dict(
        file="02-bao-cao-pho-bien-phap-luat.docx", agency="phong-tu-phap", type="bao-cao",
        signer="tp.tuphap", answers="01-so-tu-phap-bao-cao-pho-bien-phap-luat.pdf",
        letter=dict(
            **JUSTICE_PLACE, notation="BC-PTP", type_name="Báo cáo",
            abstract="kết quả phổ biến, giáo dục pháp luật 5 tháng đầu năm 2026",
            body=[
                "Thực hiện Công văn số 412/STP-PBGDPL ngày 07 tháng 5 năm 2026 của Sở Tư pháp tỉnh Kiên Giang, Phòng "
                "Tư pháp thành phố Rạch Giá báo cáo kết quả như sau:",
                "# I. CÔNG TÁC CHỈ ĐẠO",
                "Phòng Tư pháp đã tham mưu Ủy ban nhân dân thành phố ban hành kế hoạch phổ biến, giáo dục pháp luật năm "
                "2026 ngay từ đầu năm; 12/12 phường, xã có kế hoạch riêng và phân công công chức theo dõi. Kinh phí được "
                "bố trí trong dự toán giao đầu năm.",
                "# II. KẾT QUẢ THỰC HIỆN",
                "1. Phổ biến, giáo dục pháp luật từ ngày 01 tháng 01 đến ngày 15 tháng 5 năm 2026:",
                [
                    ["TT", "Hình thức", "Số cuộc", "Số lượt người", "So với cùng kỳ"],
                    ["1", "Tuyên truyền trực tiếp tại khu phố, ấp", "148", "9.260", "tăng 12%"],
                    ["2", "Nói chuyện chuyên đề trong trường học", "36", "11.475", "tăng 8%"],
                    ["3", "Phiên tòa giả định", "5", "1.130", "tăng 02 cuộc"],
                    ["4", "Phát thanh trên hệ thống truyền thanh", "612", "-", "tăng 5%"],
                    ["5", "Tư vấn pháp luật lưu động", "14", "483", "giảm 01 cuộc"],
                ],
                "2. Hòa giải ở cơ sở: toàn thành phố có 74 tổ hòa giải với 512 hòa giải viên; tiếp nhận 63 vụ việc, hòa "
                "giải thành 55 vụ việc, đạt 87,3%; còn 03 vụ việc đang hòa giải.",
                "3. Tủ sách pháp luật điện tử được cập nhật hằng tháng; đã cấp phát 18.500 tờ gấp về hộ tịch, đất đai "
                "và phòng, chống lừa đảo trên không gian mạng.",
                "# III. KHÓ KHĂN, VƯỚNG MẮC",
                "Một số hòa giải viên lớn tuổi chưa quen sử dụng tài liệu điện tử. Công chức Tư pháp - Hộ tịch ở các "
                "phường đông dân phải kiêm nhiệm nhiều việc nên thời gian dành cho tuyên truyền còn ít.",
                "# IV. PHƯƠNG HƯỚNG VÀ KIẾN NGHỊ",
                "1. Trong tháng 6 và tháng 7 năm 2026, Phòng Tư pháp tổ chức Hội thi hòa giải viên giỏi cấp thành phố và "
                "chọn đội dự vòng tỉnh.",
                "2. Kiến nghị Sở Tư pháp tổ chức tập huấn kỹ năng hòa giải theo cụm và cung cấp tài liệu dạng hình ảnh, "
                "âm thanh cho các tổ hòa giải.",
                "Trên đây là Báo cáo kết quả phổ biến, giáo dục pháp luật 5 tháng đầu năm 2026 của Phòng Tư pháp thành "
                "phố Rạch Giá./.",
            ],
            recipients=["Sở Tư pháp tỉnh Kiên Giang", "UBND thành phố (để báo cáo)", "UBND 12 phường, xã"],
            archive="Lưu: VT")),
    dict(
        file="03-cong-van-gui-nhan-van-ban-dien-tu.docx", agency="ubnd-thanh-pho", type="cong-van",
        signer="ct.ubnd",
        letter=dict(
            superior=[], agency=["ỦY BAN NHÂN DÂN", "THÀNH PHỐ RẠCH GIÁ"], place="Rạch Giá", month=5,
            signature=["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], notation="UBND-VP",
            addressees=[
                "Các phòng, ban, đơn vị trực thuộc thành phố",
                "Ủy ban nhân dân các phường, xã",
            ],
            abstract="chấn chỉnh việc tiếp nhận, xử lý văn bản trên Hệ thống quản lý văn bản và điều hành",
            body=[
                "Qua kiểm tra bốn tháng đầu năm 2026, đa số cơ quan, đơn vị đã gửi, nhận văn bản và ký số trên Hệ thống "
                "quản lý văn bản và điều hành. Tuy nhiên, một số nơi tiếp nhận văn bản khẩn còn chậm, chưa cập nhật kết "
                "quả xử lý, chưa lập hồ sơ công việc. Ủy ban nhân dân thành phố yêu cầu Thủ trưởng các cơ quan, đơn vị:",
                "1. Chỉ đạo văn thư tiếp nhận văn bản trong ngày; văn bản có mức độ khẩn phải được tiếp nhận, trình "
                "ngay sau khi đến.",
                "2. Cho ý kiến chỉ đạo, giao người chủ trì và thời hạn trên Hệ thống; không chuyển kèm bản giấy, trừ "
                "trường hợp pháp luật có quy định khác.",
                "3. Cập nhật kết quả và gắn văn bản trả lời với văn bản đến trước khi kết thúc xử lý.",
                "4. Giao Văn phòng HĐND và UBND thành phố theo dõi, tổng hợp, báo cáo Ủy ban nhân dân thành phố trước "
                "ngày 25 hằng tháng./.",
            ],
            recipients=["Như trên", "TT. Thành ủy, TT. HĐND thành phố", "CT, các PCT UBND thành phố", "LĐVP"],
            archive="Lưu: VT, VP")),
]

# Births, marriages, deaths, certified copies and certified signatures of the first quarter.
LIST_FILE = "01-danh-sach-so-lieu-kem-theo.xlsx"
LIST_HEADINGS = ["TT", "Phường, xã", "Khai sinh", "Kết hôn", "Khai tử", "Chứng thực bản sao", "Chứng thực chữ ký"]
LIST_ROWS = [
    ("Phường Rạch Sỏi", 96, 41, 33, 4218, 512), ("Phường Vĩnh Lợi", 58, 22, 19, 2034, 247),
    ("Phường An Hòa", 102, 47, 30, 4876, 633), ("Phường An Bình", 61, 27, 21, 2391, 288),
    ("Phường Vĩnh Hiệp", 64, 25, 24, 1958, 231), ("Phường Vĩnh Lạc", 87, 38, 29, 3940, 476),
    ("Phường Vĩnh Bảo", 49, 20, 18, 3127, 402), ("Phường Vĩnh Thanh Vân", 55, 24, 20, 5062, 718),
    ("Phường Vĩnh Thanh", 83, 36, 28, 4405, 559), ("Phường Vĩnh Quang", 90, 39, 31, 3286, 364),
    ("Phường Vĩnh Thông", 52, 19, 17, 1342, 158), ("Xã Phi Thông", 47, 18, 16, 986, 121),
]
