// Addresses of mail in small letters, as they are looked up: lists used to be stored as they were written, so that a letter from
// such an address was not recognised, and an address put right by hand never followed its list again.

extension OfficeSchema {
    static let mailNames = """
        UPDATE correspondent SET mail = lower(mail), listed_mail = lower(listed_mail)
            WHERE mail <> lower(mail) OR listed_mail <> lower(listed_mail);
        """
}
