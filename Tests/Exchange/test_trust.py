"""Who is let in and who is spoken to (E5): certificates that were taken back, keys that are pinned, and a door that nobody
can hold open, fill or crowd."""

import socket
import ssl
import threading
import uuid

import pytest
from conftest import PARTNER, TUPHAP
from installation import Installation, until
from keys import Authority
from letters import pdf
from messages import document, key_of
from partner import Partner, call

LIMIT = 1 << 20


class Office:
    """One installation with one partner; it is started anew with other settings."""

    def __init__(self, folder):
        self.folder = folder
        self.own = Installation(folder / "a", "a", None, {"phong-tu-phap": TUPHAP})
        self.own.do("install", agencies=self.own.agencies)
        self.own.do("catalogue", entries=[
            {"name": "Sở Nội vụ tỉnh bạn", "code": PARTNER, "channel": "vanthu", "partner": "rough"}])
        self.rough = Partner(Authority(folder / "rough", "rough authority"), "rough").open()
        self.lists = folder / "lists"
        self.lists.mkdir()

    def knows(self, door=None, **more):
        self.own.stop()
        self.own.knows("rough", self.rough.address, self.rough.authority, self.rough.identity, patience=20)
        self.own.partners["rough"].update(more)
        self.own.door = door or {}
        self.own.write_settings()
        self.own.start()

    def publishes(self, *revoked, until_day=7):
        """A new list of the partner's authority in place of the last."""
        self.rough.authority.revokes(self.lists / "rough.crl", revoked, until_day)

    def says(self, **more):
        number = uuid.uuid4().hex[:6]
        key = key_of(PARTNER, number)
        body = more.pop("body", None) or document(PARTNER, [TUPHAP], number, [("thu.pdf", pdf([(9, 9, key)]))], key=key)
        return call(self.own, more.pop("identity", self.rough.identity), body, **more)

    def writes(self, letter):
        return self.own.issue("phong-tu-phap", [PARTNER], files=[str(letter())])

    def carries(self, key):
        def has_gone():
            self.own.hasten()
            return self.own.delivery(key)["carried"]
        until(has_gone, lambda: f"{key} is carried: {self.own.story()}")

    def waits_with(self, key, words):
        def waits():
            self.own.hasten()
            return [one for one in self.own.look()["outbox"] if words in one["error"]]
        until(waits, lambda: f"{key} waits with {words}: {self.own.story()}")
        assert not self.own.delivery(key)["carried"]

    def health(self):
        return " ".join(one["error"] for one in self.own.look()["health"] if one["partner"] == "rough")


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    office = Office(tmp_path_factory.mktemp("trust"))
    yield office
    office.own.close()
    office.rough.close()


def test_a_caller_whose_certificate_was_revoked(office):
    """E5: from the moment the list says so it is told why and not let in, and the administrator sees it; a new list lets it in"""
    office.publishes()
    office.knows(revocations=str(office.lists))
    assert office.says()[0] == 201
    office.publishes(office.rough.identity)
    code, said = office.says()
    assert code == 403 and "đã bị thu hồi" in said
    assert "đã bị thu hồi" in office.health()
    assert "a partner was refused" in office.own.log_end()
    office.publishes(office.rough.server_identity)
    assert office.says()[0] == 201


def test_a_server_whose_certificate_was_revoked(office, letter):
    """E5: nothing is sent to it, also over a connection that stood open when the list changed"""
    office.publishes()
    office.knows(revocations=str(office.lists))
    office.carries(office.writes(letter))
    office.publishes(office.rough.server_identity)
    kept = len(office.rough.kept)
    key = office.writes(letter)
    office.waits_with(key, "Chứng thư của nơi nhận đã bị thu hồi")
    assert len(office.rough.kept) == kept
    office.publishes()
    office.carries(key)


@pytest.mark.parametrize("stale", ["refuse", "warn"])
def test_a_list_that_is_out_of_date(office, letter, stale):
    """E5: nobody is let in and nothing goes; or, where the settings say so, it is believed for what it says"""
    office.publishes(until_day=-1)
    office.knows(revocations=str(office.lists), staleRevocations=stale)
    key = office.writes(letter)
    code, said = office.says()
    if stale == "refuse":
        assert code == 403 and "danh sách thu hồi" in said
        office.waits_with(key, "danh sách thu hồi")
        office.publishes()
        office.carries(key)
        return
    assert code == 201 and "revocation list is out of date" in office.own.log_end()
    office.carries(key)
    office.publishes(office.rough.identity, office.rough.server_identity, until_day=-1)
    assert office.says()[0] == 403
    key = office.writes(letter)
    office.waits_with(key, "đã bị thu hồi")
    office.publishes()
    office.carries(key)


@pytest.mark.parametrize("what", ["none", "noise", "another's"])
def test_no_list_of_that_authority(office, tmp_path, what):
    """E5: a list that is missing, broken or somebody else's lets nobody in"""
    path = tmp_path / "lists.pem"
    if what == "noise":
        path.write_bytes(b"-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n")
    elif what == "another's":
        Authority(tmp_path / "other", "another authority").revokes(path)
    office.knows(revocations=str(path))
    code, said = office.says()
    assert code == 403 and "Chưa tra được chứng thư" in said
    office.rough.authority.revokes(path)
    assert office.says()[0] == 201, "it is read as soon as it is there"


def test_the_next_certificate_of_a_caller(office):
    """E5: while a partner renews its certificate, the present one and the next are both known"""
    following = office.rough.authority.issue("rough-next")
    office.knows(certificate=[office.rough.identity.fingerprint, following.fingerprint])
    assert [office.says(identity=one)[0] for one in (office.rough.identity, following)] == [201, 201]
    assert office.says(identity=office.rough.authority.issue("stranger"))[0] == 403


def test_the_key_of_the_server_is_pinned(office, letter):
    """E5: a server that is trusted and has none of the pinned keys gets nothing; of two pins either is right"""
    other = office.rough.authority.issue("other-server", server=True)
    office.knows(serverKeys=[other.key_digest])
    key = office.writes(letter)
    office.waits_with(key, "dùng khóa khác với khóa đã khai báo")
    assert not office.rough.kept or key not in str(office.rough.kept)
    office.knows(serverKeys=[other.key_digest, office.rough.server_identity.key_digest])
    office.carries(key)


def test_a_message_that_is_too_large(office):
    """E5: who says so beforehand is refused before it is sent; who does not, when it has become too large"""
    office.knows(door={"messageLimit": 1})
    head = open_link(office, {"Content-Length": str(400 << 20)})
    with head as link:
        answer = b""
        while not answer.endswith(b"}"):
            answer += link.recv(65536) or b"}"
        assert b" 413 " in answer.split(b"\r\n")[0] and b"1 MB" in answer
    with open_link(office, {"Transfer-Encoding": "chunked"}) as link:
        piece = b"x" * (LIMIT // 4)
        for _ in range(5):
            link.sendall(b"%x\r\n" % len(piece) + piece + b"\r\n")
        assert b" 413 " in link.recv(65536).split(b"\r\n")[0]
    until(lambda: not list((office.own.data / "tep/unfinished").iterdir()), "no half file is left")


def test_a_message_that_comes_drop_by_drop(office):
    """E5: it is hung up on, others come in meanwhile, and nothing of it stays"""
    office.knows(door={"patience": 3})
    link = open_link(office, {"Content-Length": "1000000"})
    ended = threading.Event()

    def drip():
        try:
            while not ended.wait(0.05):
                link.sendall(b"x")
        except OSError:
            ended.set()
    threading.Thread(target=drip, daemon=True).start()
    assert office.says()[0] == 201
    assert ended.wait(60), "the door hangs up"
    link.close()
    until(lambda: not list((office.own.data / "tep/unfinished").iterdir()), "no half file is left")


def test_many_connections_of_one_partner(office):
    """E5: it has as many as it may; when some are given back it has room again"""
    office.knows(door={"connections": 3})
    links = [open_link(office, {"Content-Length": "1000"}) for _ in range(3)]
    assert office.says()[0] == 0
    assert "too many connections" in office.own.log_end()
    for link in links:
        link.close()
    until(lambda: office.says()[0] == 201, "there is room again")


def test_settings_that_cannot_be_meant(office):
    """E5: three pins, half a fingerprint, an unknown rule: the server says so and does not start"""
    digest = "ab" * 32
    for wrong in ({"serverKeys": [digest] * 3}, {"certificate": "abcd"}, {"certificate": []}, {"staleRevocations": "x"}):
        office.own.stop()
        office.own.knows("rough", office.rough.address, office.rough.authority, office.rough.identity)
        office.own.partners["rough"].update(wrong)
        office.own.write_settings()
        said = office.own.admin("agencies", "refresh", "--partner", "rough", fails=True)
        assert list(wrong)[0] in said, said
    office.knows()


def open_link(office, fields):
    """A connection of the partner on which a request was begun."""
    own = office.own
    context = ssl.create_default_context(cafile=str(own.authority.roots))
    context.load_cert_chain(office.rough.identity.certificate, office.rough.identity.key)
    link = context.wrap_socket(
        socket.create_connection(("127.0.0.1", own.door_port), timeout=30), server_hostname="127.0.0.1")
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    link.sendall(
        f"PUT /lien-thong/v1/goi-tin/{uuid.uuid4()} HTTP/1.1\r\nHost: 127.0.0.1\r\n{lines}\r\n".encode())
    return link
