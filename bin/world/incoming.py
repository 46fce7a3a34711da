"""The words of the six letters that reach the demo city from outside, all invented."""

PROVINCE = ["ỦY BAN NHÂN DÂN", "TỈNH KIÊN GIANG"]
JUSTICE = dict(superior=PROVINCE, agency=["SỞ TƯ PHÁP"], place="Kiên Giang", month=5)
JUSTICE_SEAL = ["ỦY BAN NHÂN DÂN TỈNH KIÊN GIANG", "SỞ", "TƯ PHÁP"]
JUSTICE_OFFICES = "Phòng Tư pháp các huyện, thành phố"

LETTERS = [
    dict(
        file="01-so-tu-phap-bao-cao-pho-bien-phap-luat.pdf", to="phong-tu-phap", issuer="Sở Tư pháp tỉnh Kiên Giang",
        type="cong-van", date="2026-05-07", deadline="2026-05-20", seal=JUSTICE_SEAL,
        letter=dict(
            **JUSTICE, number="412", notation="STP-PBGDPL", day="07", addressees=[JUSTICE_OFFICES],
            abstract="báo cáo kết quả phổ biến, giáo dục pháp luật 5 tháng đầu năm 2026",
            body=[
                "Thực hiện Chương trình công tác năm 2026, Sở Tư pháp chuẩn bị tham mưu Ủy ban nhân dân tỉnh sơ kết "
                "công tác phổ biến, giáo dục pháp luật và hòa giải ở cơ sở. Để có số liệu tổng hợp, Sở Tư pháp đề "
                "nghị Phòng Tư pháp các huyện, thành phố báo cáo những nội dung sau:",
                "1. Việc ban hành kế hoạch, phân công và kinh phí bố trí cho công tác phổ biến, giáo dục pháp luật "
                "của địa phương trong năm 2026.",
                "2. Kết quả thực hiện từ ngày 01 tháng 01 đến ngày 15 tháng 5 năm 2026: số cuộc tuyên truyền trực "
                "tiếp, số lượt người dự, số tài liệu cấp phát, số tin bài trên hệ thống truyền thanh.",
                "3. Tổ chức và hoạt động của các tổ hòa giải: số tổ, số hòa giải viên, số vụ việc tiếp nhận, số vụ "
                "việc hòa giải thành.",
                "4. Khó khăn, vướng mắc, nguyên nhân và kiến nghị.",
                "Báo cáo gửi về Sở Tư pháp qua Hệ thống quản lý văn bản và điều hành trước ngày 20 tháng 5 năm 2026. "
                "Sở Tư pháp đề nghị các đơn vị quan tâm, thực hiện đúng thời hạn./.",
            ],
            recipients=["Như trên", "Giám đốc, các PGĐ Sở", "UBND các huyện, thành phố (để biết)"],
            archive="Lưu: VT, PBGDPL", signature=["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], signer="Trịnh Công Luận")),
    dict(
        file="02-so-tu-phap-so-lieu-ho-tich-khan.pdf", to="phong-tu-phap", issuer="Sở Tư pháp tỉnh Kiên Giang",
        type="cong-van", date="2026-05-08", deadline="2026-05-15", seal=JUSTICE_SEAL,
        letter=dict(
            **JUSTICE, number="436", notation="STP-HCTP", day="08", urgency="urgent", addressees=[JUSTICE_OFFICES],
            abstract="cung cấp số liệu đăng ký hộ tịch, chứng thực quý I năm 2026",
            body=[
                "Ban Pháp chế Hội đồng nhân dân tỉnh sẽ giám sát việc thực hiện pháp luật về hộ tịch và chứng thực "
                "trên địa bàn tỉnh trong tháng 5 năm 2026. Để chuẩn bị nội dung làm việc với Đoàn giám sát, Sở Tư "
                "pháp đề nghị Phòng Tư pháp các huyện, thành phố:",
                "1. Tổng hợp số liệu quý I năm 2026 của từng xã, phường, thị trấn: số việc đăng ký khai sinh, kết "
                "hôn, khai tử; số việc chứng thực bản sao, chứng thực chữ ký; lập thành danh sách kèm theo văn bản.",
                "2. Nêu rõ số hồ sơ tiếp nhận trực tuyến, số hồ sơ trả kết quả quá hạn và lý do.",
                "3. Đề xuất nội dung cần Đoàn giám sát quan tâm (nếu có).",
                "Văn bản gửi về Sở Tư pháp trước 16 giờ 00 ngày 15 tháng 5 năm 2026. Do thời gian gấp, đề nghị các "
                "đơn vị bố trí công chức thực hiện ngay./.",
            ],
            recipients=["Như trên", "Ban Pháp chế HĐND tỉnh", "Giám đốc Sở (để báo cáo)"],
            archive="Lưu: VT, HCTP", signature=["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], signer="Trịnh Công Luận")),
    dict(
        file="03-so-tu-phap-ra-soat-chung-thuc-hoa-toc.pdf", to="phong-tu-phap", issuer="Sở Tư pháp tỉnh Kiên Giang",
        type="cong-van", date="2026-05-11", deadline="2026-05-13", seal=JUSTICE_SEAL,
        letter=dict(
            **JUSTICE, number="447", notation="STP-TTr", day="11", urgency="flash",
            addressees=[JUSTICE_OFFICES, "Các tổ chức hành nghề công chứng trên địa bàn tỉnh"],
            abstract="rà soát bản sao chứng thực có dấu hiệu giả mạo",
            body=[
                "Qua công tác kiểm tra, Sở Tư pháp nhận được phản ánh về một số bản sao văn bằng có lời chứng, dấu và "
                "chữ ký không đúng với mẫu đã đăng ký. Để ngăn chặn kịp thời, Sở Tư pháp đề nghị:",
                "1. Đối chiếu ngay sổ chứng thực bản sao từ ngày 01 tháng 4 năm 2026 đến nay với các bản sao do cơ "
                "quan, đơn vị khác đề nghị xác minh; lập danh sách trường hợp không có trong sổ.",
                "2. Tạm dừng cấp lại bản sao đối với các trường hợp đang xác minh cho đến khi có kết quả.",
                "3. Chỉ đạo công chức Tư pháp - Hộ tịch các xã, phường kiểm tra việc quản lý, sử dụng con dấu và mẫu "
                "lời chứng.",
                "Kết quả rà soát gửi về Sở Tư pháp trước 10 giờ 00 ngày 13 tháng 5 năm 2026; trường hợp không phát "
                "hiện vi phạm cũng phải có báo cáo./.",
            ],
            recipients=["Như trên", "UBND tỉnh (để báo cáo)", "UBND các huyện, thành phố"],
            archive="Lưu: VT, TTr", signature=["GIÁM ĐỐC"], signer="Mã Thị Thùy Nga")),
    dict(
        file="04-so-tu-phap-ke-hoach-thi-phap-luat.pdf", to="phong-tu-phap", issuer="Sở Tư pháp tỉnh Kiên Giang",
        type="ke-hoach", date="2026-05-05", deadline="2026-05-29", seal=JUSTICE_SEAL,
        letter=dict(
            **JUSTICE, number="58", notation="KH-STP", day="05", type_name="Kế hoạch",
            abstract="tổ chức Hội thi hòa giải viên giỏi tỉnh Kiên Giang năm 2026",
            body=[
                "Nhằm nâng cao kiến thức, kỹ năng của đội ngũ hòa giải viên và nhân rộng cách làm hay ở cơ sở, Sở Tư "
                "pháp ban hành Kế hoạch tổ chức Hội thi hòa giải viên giỏi tỉnh Kiên Giang năm 2026 như sau:",
                "# I. MỤC ĐÍCH, YÊU CẦU",
                "1. Hội thi là dịp để hòa giải viên các địa phương gặp gỡ, trao đổi kinh nghiệm, học tập lẫn nhau; "
                "qua đó phát hiện, biểu dương những hòa giải viên tiêu biểu.",
                "2. Nội dung thi sát với thực tế hòa giải tại khu dân cư; hình thức gọn, tiết kiệm, thu hút đông đảo "
                "người dân theo dõi.",
                "# II. NỘI DUNG VÀ HÌNH THỨC",
                "1. Nội dung: pháp luật về hòa giải ở cơ sở, hôn nhân và gia đình, đất đai, môi trường, trật tự công "
                "cộng và phòng, chống bạo lực gia đình.",
                "2. Mỗi đội gồm 04 thành viên, dự thi ba phần: giới thiệu, trả lời câu hỏi và xử lý tình huống bằng "
                "tiểu phẩm. Tổng thời gian của một đội không quá 35 phút.",
                "3. Thang điểm: giới thiệu 20 điểm, trả lời câu hỏi 30 điểm, xử lý tình huống 50 điểm. Ban Giám khảo "
                "chấm điểm độc lập, công khai.",
                "# III. THỜI GIAN, ĐỊA ĐIỂM",
                "1. Vòng huyện, thành phố: hoàn thành trước ngày 31 tháng 7 năm 2026.",
                "2. Vòng tỉnh: trong tháng 9 năm 2026, tại thành phố Rạch Giá; lịch cụ thể được thông báo sau.",
                "# IV. TỔ CHỨC THỰC HIỆN",
                "1. Phòng Phổ biến, giáo dục pháp luật của Sở chủ trì soạn bộ câu hỏi, thể lệ, dự trù kinh phí và "
                "theo dõi, đôn đốc các địa phương.",
                "2. Phòng Tư pháp các huyện, thành phố tham mưu Ủy ban nhân dân cùng cấp tổ chức vòng thi tại địa "
                "phương; cử một đội dự vòng tỉnh; gửi danh sách đăng ký về Sở Tư pháp trước ngày 29 tháng 5 năm 2026.",
                "3. Kinh phí của đội dự thi do địa phương bảo đảm theo quy định hiện hành.",
                "Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh về Sở Tư pháp để được hướng dẫn./.",
            ],
            recipients=["UBND tỉnh (để báo cáo)", "UBND các huyện, thành phố", JUSTICE_OFFICES, "Các phòng thuộc Sở"],
            archive="Lưu: VT, PBGDPL", signature=["GIÁM ĐỐC"], signer="Mã Thị Thùy Nga")),
    dict(
        file="05-ubnd-tinh-thu-tuc-hanh-chinh.pdf", to="ubnd-thanh-pho", issuer="Ủy ban nhân dân tỉnh Kiên Giang",
        type="cong-van", date="2026-05-06", deadline="2026-05-25",
        seal=["ỦY BAN NHÂN DÂN", "TỈNH", "KIÊN GIANG"],
        letter=dict(
            superior=[], agency=PROVINCE, place="Kiên Giang", month=5,
            number="987", notation="UBND-KSTT", day="06", addressees=["Ủy ban nhân dân các huyện, thành phố"],
            abstract="nâng cao tỷ lệ hồ sơ trực tuyến và số hóa kết quả giải quyết thủ tục hành chính",
            body=[
                "Qua theo dõi bốn tháng đầu năm 2026, tỷ lệ hồ sơ trực tuyến và tỷ lệ số hóa kết quả giải quyết thủ "
                "tục hành chính tại một số địa phương còn thấp so với chỉ tiêu được giao. Để bảo đảm hoàn thành chỉ "
                "tiêu năm 2026, Ủy ban nhân dân tỉnh yêu cầu Ủy ban nhân dân các huyện, thành phố:",
                "1. Rà soát từng thủ tục có tỷ lệ trực tuyến dưới 50%, xác định rõ nguyên nhân và người chịu trách "
                "nhiệm; bố trí công chức hướng dẫn người dân tại Bộ phận Một cửa.",
                "2. Thực hiện ký số trên kết quả giải quyết; không yêu cầu người dân nộp lại giấy tờ đã được số hóa.",
                "3. Công khai kết quả giải quyết hồ sơ hằng tháng của từng phòng, ban, từng xã, phường trên trang "
                "thông tin điện tử của địa phương.",
                "4. Báo cáo kết quả thực hiện và kế hoạch khắc phục về Ủy ban nhân dân tỉnh trước ngày 25 tháng 5 "
                "năm 2026.",
                "Giao Văn phòng Ủy ban nhân dân tỉnh theo dõi, đôn đốc, tổng hợp kết quả./.",
            ],
            recipients=["Như trên", "CT và các PCT UBND tỉnh", "Các sở, ban, ngành tỉnh", "LĐVP, P. KSTT"],
            archive="Lưu: VT, KSTT", signature=["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
            signer="Đàm Thanh Nhã")),
    dict(
        file="06-so-noi-vu-giay-moi-hoi-nghi.pdf", to="phong-noi-vu", issuer="Sở Nội vụ tỉnh Kiên Giang",
        type="giay-moi", date="2026-05-08", deadline="2026-05-18",
        seal=["ỦY BAN NHÂN DÂN TỈNH KIÊN GIANG", "SỞ", "NỘI VỤ"],
        letter=dict(
            superior=PROVINCE, agency=["SỞ NỘI VỤ"], place="Kiên Giang", month=5,
            number="21", notation="GM-SNV", day="08", type_name="Giấy mời",
            abstract="dự Hội nghị tập huấn công tác văn thư, lưu trữ năm 2026",
            body=[
                "Sở Nội vụ trân trọng kính mời Phòng Nội vụ các huyện, thành phố cử đại biểu dự Hội nghị tập huấn "
                "công tác văn thư, lưu trữ năm 2026, cụ thể như sau:",
                "1. Thành phần: lãnh đạo Phòng Nội vụ phụ trách công tác văn thư, lưu trữ; 02 công chức làm văn thư, "
                "lưu trữ của mỗi huyện, thành phố.",
                "2. Nội dung: lập hồ sơ công việc điện tử; quản lý văn bản đi, văn bản đến trên Hệ thống; ký số của cơ "
                "quan và lưu văn bản điện tử; trao đổi, giải đáp vướng mắc.",
                "3. Thời gian: 08 giờ 00, ngày 19 tháng 5 năm 2026 (thứ Ba), trong một ngày.",
                "4. Địa điểm: Hội trường Sở Nội vụ tỉnh Kiên Giang.",
                "Đề nghị Phòng Nội vụ gửi danh sách đại biểu về Sở Nội vụ trước ngày 18 tháng 5 năm 2026. Rất mong đại "
                "biểu dự đầy đủ, đúng giờ./.",
            ],
            recipients=["Phòng Nội vụ các huyện, thành phố", "Giám đốc, các PGĐ Sở"],
            archive="Lưu: VT, VTLT", signature=["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"], signer="La Tú Trinh")),
]
