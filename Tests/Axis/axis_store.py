"""What the axis keeps: one SQLite file and a folder of messages. A message's file is on the disk before the row that
names it is committed, so that a killed process loses nothing that it said yes to."""

import json
import os
import shutil
import sqlite3
import threading
import time
import uuid
from datetime import datetime, timedelta, timezone

from axis_checks import Refusal

OFFICE = timezone(timedelta(hours=7))
SCHEMA = """
CREATE TABLE IF NOT EXISTS sending (
    doc_id TEXT PRIMARY KEY, system TEXT NOT NULL, kind TEXT NOT NULL, from_code TEXT NOT NULL,
    document_id TEXT NOT NULL, title TEXT NOT NULL, notation TEXT NOT NULL, business TEXT NOT NULL,
    sent_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS item (
    doc_id TEXT PRIMARY KEY, sending TEXT NOT NULL REFERENCES sending, to_code TEXT NOT NULL, system TEXT,
    status TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS item_system ON item (system, status);
CREATE TABLE IF NOT EXISTS agency (
    id TEXT NOT NULL, pid TEXT, code TEXT PRIMARY KEY, name TEXT NOT NULL, mail TEXT, oldCode TEXT, code102 TEXT,
    mobile TEXT, fax TEXT, locked INTEGER NOT NULL DEFAULT 0, deleted INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL DEFAULT 1, modifyDate TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS agency_old ON agency (oldCode);
CREATE INDEX IF NOT EXISTS agency_102 ON agency (code102);
"""


def moment(seconds):
    return datetime.fromtimestamp(seconds, OFFICE)


class Store:
    def __init__(self, folder, systems):
        self.folder, self.systems = folder, systems
        self.messages, self.incoming = os.path.join(folder, "messages"), os.path.join(folder, "incoming")
        shutil.rmtree(self.incoming, ignore_errors=True)
        for path in (self.messages, self.incoming):
            os.makedirs(path, exist_ok=True)
        self.lock = threading.Lock()
        self.rows = sqlite3.connect(os.path.join(folder, "axis.sqlite"), check_same_thread=False)
        self.rows.row_factory = sqlite3.Row
        self.rows.execute("PRAGMA journal_mode=WAL")
        self.rows.execute("PRAGMA synchronous=FULL")
        self.rows.executescript(SCHEMA)
        self.load_agencies()

    def ask(self, text, *values):
        with self.lock:
            return self.rows.execute(text, values).fetchall()

    # Agencies

    def load_agencies(self):
        today = moment(time.time()).strftime("%Y-%m-%d %H:%M:%S")
        given = list(self.systems.get("agencies", []))
        given += generated(self.systems.get("generatedAgencies", 0))
        with self.lock, self.rows:
            self.rows.executemany(
                "INSERT INTO agency (id, pid, code, name, mail, oldCode, code102, locked, modifyDate)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (code) DO UPDATE SET locked = excluded.locked",
                [(str(a.get("id", a["code"])), a.get("pid"), a["code"], a.get("name", a["code"]), a.get("mail"),
                  a.get("oldCode"), a.get("code102"), int(bool(a.get("locked"))), today) for a in given])

    def agencies(self, form):
        rows = self.ask("SELECT * FROM agency WHERE deleted = 0 ORDER BY code")
        for row in rows:
            code = row["code"] if form == "QD20" else row["code102"] or row["code"]
            yield {"id": row["id"], "pid": row["pid"], "code": code, "name": row["name"], "mail": row["mail"],
                   "oldCode": row["oldCode"], "code102": row["code102"]}

    def units(self, level):
        for row in self.ask("SELECT * FROM agency ORDER BY code"):
            if row["code"].count(".") + 1 == level:
                yield {"id": row["id"], "pid": row["pid"], "code": row["code"], "name": row["name"],
                       "mail": row["mail"], "version": row["version"], "centerCode": row["code"].split(".")[0],
                       "deleted": bool(row["deleted"]), "modifyDate": row["modifyDate"], "isAgency": True}

    def register(self, agency):
        for name in ("id", "pcode", "code", "name", "mail", "mobile", "fax"):
            if not isinstance(agency.get(name), str):
                raise Refusal("10", "Thiếu " + name)
        parent = self.ask("SELECT id FROM agency WHERE code = ? AND deleted = 0", agency["pcode"])
        if not parent:
            raise Refusal("18", "Không có đơn vị cấp trên " + agency["pcode"])
        today = moment(time.time()).strftime("%Y-%m-%d %H:%M:%S")
        with self.lock, self.rows:
            self.rows.execute(
                "INSERT INTO agency (id, pid, code, name, mail, mobile, fax, modifyDate) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (code) DO UPDATE SET name = excluded.name, mail = excluded.mail,"
                " mobile = excluded.mobile, fax = excluded.fax, deleted = 0, version = version + 1,"
                " modifyDate = excluded.modifyDate",
                (agency["id"], parent[0]["id"], agency["code"], agency["name"], agency["mail"], agency["mobile"],
                 agency["fax"], today))

    def delete_agency(self, code):
        with self.lock, self.rows:
            done = self.rows.execute(
                "UPDATE agency SET deleted = 1, version = version + 1 WHERE code = ? AND deleted = 0", (code,))
        if done.rowcount != 1:
            raise Refusal("18", "Không có đơn vị " + code)

    def names_of(self, code):
        """All identifiers of the agency that has this one, and whether it is locked; only itself if there is none."""
        rows = self.ask(
            "SELECT * FROM agency WHERE deleted = 0 AND (code = ? OR oldCode = ? OR code102 = ?)", code, code, code)
        names = {code} | {row[name] for row in rows for name in ("code", "oldCode", "code102") if row[name]}
        return names, any(row["locked"] for row in rows), bool(rows)

    def systems_for(self, code):
        names, locked, known = self.names_of(code)
        if locked:
            raise Refusal("23", "Đơn vị nhận đã khóa: " + code)
        served = [s["id"] for s in self.systems["systems"] if names & set(s.get("codes", []))]
        if not served and not known:
            raise Refusal("18", "Không có đơn vị nhận " + code)
        return served or [None]

    # Messages

    def place(self):
        return os.path.join(self.incoming, uuid.uuid4().hex)

    def file_of(self, sending):
        return os.path.join(self.messages, sending + ".edxml")

    def take(self, system, message, to, now):
        """Keeps the message for everybody in `to`; returns the sender's name for it."""
        own = next(s for s in self.systems["systems"] if s["id"] == system)
        if not self.names_of(message.sender)[0] & set(own.get("codes", [])):
            raise Refusal("19", "Đơn vị gửi chưa đăng ký: " + message.sender)
        routes = [(code, target) for code in dict.fromkeys(to) for target in self.systems_for(code)]
        sending, stamp = str(uuid.uuid4()), moment(now)
        part = self.place()
        message.write(part, self.systems.get("traceOrgan"), stamp.strftime("%Y/%m/%d %H:%M:%S"))
        os.rename(part, self.file_of(sending))
        folder = os.open(self.messages, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
        header, time_text = message.header, stamp.strftime("%Y-%m-%d %H:%M:%S")
        business = "" if message.trace is None else message.trace.value("Bussiness", "BussinessDocType")
        document = header.value("DocumentId") or header.value("ResponseFor", "DocumentId")
        notation = "/".join(filter(None, (header.value("Code", "CodeNumber"), header.value("Code", "CodeNotation"))))
        with self.lock, self.rows:
            self.rows.execute(
                "INSERT INTO sending VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (sending, system, message.kind, message.sender, document,
                 header.value("Subject") or header.value("StatusCode"),
                 notation or header.value("ResponseFor", "Code"), business, time_text))
            self.rows.executemany(
                "INSERT INTO item VALUES (?, ?, ?, ?, 'initial', ?, ?)",
                [(str(uuid.uuid4()), sending, code, target, time_text, time_text) for code, target in routes])
        return sending

    def waiting(self, system, kind, first="0", end="9", done=False):
        """`first` and `end` are days; that of `end` is left out."""
        return self.ask(
            "SELECT item.*, kind, from_code FROM item JOIN sending ON sending.doc_id = item.sending"
            " WHERE item.system = ? AND kind = ? AND (? OR status IN ('initial', 'processing'))"
            " AND substr(created_at, 1, 10) >= ? AND substr(created_at, 1, 10) < ? ORDER BY item.rowid",
            system, kind, done, first, end)

    def sent(self, system, kind):
        return self.ask(
            "SELECT item.*, kind, from_code, title, notation, sent_at FROM item JOIN sending"
            " ON sending.doc_id = item.sending WHERE sending.system = ? AND kind = ? ORDER BY item.rowid", system, kind)

    def message(self, system, doc_id):
        rows = self.ask("SELECT item.*, from_code FROM item JOIN sending ON sending.doc_id = item.sending"
                        " WHERE item.doc_id = ? AND item.system = ?", doc_id, system)
        if not rows:
            raise Refusal("100", "Không tìm thấy gói tin")
        return rows[0]

    def acknowledge(self, system, doc_id, status):
        if status not in ("processing", "done", "fail"):
            raise Refusal("10", "Trạng thái không hợp lệ")
        self.message(system, doc_id)
        with self.lock, self.rows:
            self.rows.execute("UPDATE item SET status = ?, updated_at = ? WHERE doc_id = ?",
                              (status, moment(time.time()).strftime("%Y-%m-%d %H:%M:%S"), doc_id))

    def everything(self):
        # Items first: a sending that comes in between is then merely seen without them.
        items = self.ask("SELECT * FROM item ORDER BY rowid")
        sendings = {row["doc_id"]: {**row, "items": []} for row in self.ask("SELECT * FROM sending ORDER BY rowid")}
        for row in items:
            sendings[row["sending"]]["items"].append(dict(row))
        return list(sendings.values())


def generated(count):
    """Agencies in plausible numbers: a province each, its departments, their units."""
    for number in range(count):
        province, unit = number % 63 + 1, number // 63
        first, second = unit // 40 + 1, unit % 40
        code = f"H{province:02}.X{first}" + (f".{second:02}" if second else "")
        yield {"code": code, "pid": f"H{province:02}.X{first}" if second else f"H{province:02}",
               "name": f"Đơn vị số {second:02} thuộc Sở thứ {first}, tỉnh có mã H{province:02}",
               "code102": f"{first:03}.{second:02}.90.H{province:02}",
               "mail": f"vanthu.{number}@example.gov.vn"}


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)
