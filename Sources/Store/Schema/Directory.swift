// Agencies, people, positions, sessions.

extension OfficeSchema {
    static let directory = """
        -- truth: cơ quan, tổ chức
        CREATE TABLE agency (
            id {id} PRIMARY KEY,
            slug {text} NOT NULL UNIQUE,
            name {text} NOT NULL,
            superior_line {text} NOT NULL,
            abbreviation {text} NOT NULL,
            place {text} NOT NULL,
            agency_group {text} NOT NULL CHECK (agency_group IN ('thanh-pho', 'phong-ban', 'phuong-xa')),
            sort_key {text} NOT NULL,
            search_text {text} NOT NULL
        ) {strict};
        --postgres: ALTER TABLE agency ALTER COLUMN sort_key TYPE TEXT COLLATE "C";

        -- truth: one account a person
        CREATE TABLE account (
            id {id} PRIMARY KEY,
            login {text} NOT NULL UNIQUE,
            person_name {text} NOT NULL,
            password_hash {text} NOT NULL,
            must_change_password {flag} NOT NULL DEFAULT 0 CHECK (must_change_password IN (0, 1)),
            locked_at {instant},
            created_at {instant} NOT NULL
        ) {strict};

        -- truth: a person's post in an agency
        CREATE TABLE position (
            id {id} PRIMARY KEY,
            agency_id {id} NOT NULL REFERENCES agency (id),
            account_id {id} NOT NULL REFERENCES account (id),
            role {text} NOT NULL CHECK (role IN ('clerk', 'officer', 'unitHead', 'deputyUnitHead', 'officeHead',
                'deputyOfficeHead', 'deputyHead', 'head', 'administrator')),
            title {text} NOT NULL,
            rank {int} NOT NULL,
            ended_at {instant}
        ) {strict};
        CREATE INDEX position_by_agency ON position (agency_id, rank);
        CREATE INDEX position_by_account ON position (account_id);

        -- truth: who is signed in; only the hash of the cookie is kept
        CREATE TABLE session (
            id_hash {bytes} PRIMARY KEY,
            account_id {id} NOT NULL REFERENCES account (id),
            position_id {id} REFERENCES position (id),
            csrf {text} NOT NULL,
            created_at {instant} NOT NULL,
            seen_at {instant} NOT NULL,
            expires_at {instant} NOT NULL
        ) {strict};
        CREATE INDEX session_by_account ON session (account_id);

        -- artefact: nhật ký đăng nhập
        CREATE TABLE access_log (
            id {id} PRIMARY KEY,
            at {instant} NOT NULL,
            account_id {id} REFERENCES account (id),
            login {text} NOT NULL,
            outcome {text} NOT NULL CHECK (outcome IN ('signedIn', 'wrongPassword', 'unknownLogin', 'slowedDown',
                'locked', 'signedOut', 'denied')),
            address {text} NOT NULL,
            detail {text} NOT NULL
        ) {strict};
        CREATE INDEX access_log_by_account ON access_log (account_id, at);
        CREATE INDEX access_log_by_login ON access_log (login, at);
        CREATE INDEX access_log_by_address ON access_log (address, at);

        -- truth: opaque tokens for machines, stored hashed
        CREATE TABLE api_token (
            id {id} PRIMARY KEY,
            token_hash {bytes} NOT NULL UNIQUE,
            position_id {id} NOT NULL REFERENCES position (id),
            label {text} NOT NULL,
            created_at {instant} NOT NULL,
            revoked_at {instant}
        ) {strict};

        -- truth: working calendar of the installation
        CREATE TABLE calendar_day (
            day {text} PRIMARY KEY,
            works {flag} NOT NULL CHECK (works IN (0, 1)),
            name {text} NOT NULL
        ) {strict};
        """
}
