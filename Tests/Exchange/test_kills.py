"""A power cut on either side between every two steps of the exchange, once each on either database (E5)."""

import pytest
from conftest import NOIVU, TUPHAP, check_both, make_pair
from installation import until
from letters import pdf

# Who dies, where: `a` sends a document and takes the statuses, `b` takes the document and reports.
PLACES = [
    ("a", "wireLeased"), ("a", "wireSent"), ("a", "wireFinished"), ("b", "inboundStored"), ("b", "inboundBeforeEntry"),
    ("b", "inboundEntered"), ("b", "discardMarked"), ("b", "wireLeased"), ("b", "wireSent"), ("b", "wireFinished"), ("a", "inboundStored"),
]


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_killed_at_every_place(kind, tmp_path, postgres):
    """E5: one register entry, every status, whoever died and wherever"""
    a, b = pair = make_pair(tmp_path, kind, postgres)
    sides = {one.name: one for one in pair}
    try:
        for one in pair:
            one.start()
        for number, (name, place) in enumerate(PLACES):
            victim = sides[name]
            victim.kill()
            key = a.issue("phong-tu-phap", [NOIVU], files=[write(tmp_path, f"{number}")])
            victim.start(kill_at=place)
            until(lambda: dies(pair, victim), lambda: f"{name} dies at {place}: {victim.log_end()}")
            victim.start()
            finish(pair, lambda: a.delivery(key)["status"] == "01", f"{key} after {name} died at {place}")
            assert len(b.receipts(key)) == 1, place
        b.do("accept", at="phong-noi-vu")
        finish(pair, lambda: all(one["status"] == "03" for one in a.look()["deliveries"]), "all are accepted")
        assert [one["number"] for one in b.look()["incoming"]] == list(range(1, len(PLACES) + 1))
        check_both(a, b)
        killed_while_giving_back(a, b, write(tmp_path, "given back"))
        check_both(a, b)
    finally:
        for one in pair:
            one.close()


def killed_while_giving_back(a, b, path):
    """The bytes are gone, the rows are not: the next start knows what is left to do."""
    key = a.issue("phong-tu-phap", [NOIVU], files=[path])
    b.arrives(key)
    a.becomes(key, "01")
    a.do("recall", at="phong-tu-phap", about=key, reason="Gửi nhầm.")
    until(lambda: b.receipts(key)[0]["requests"], "it is asked back")
    a.settles()
    b.kill()
    b.do("agree", at="phong-noi-vu")
    b.start(kill_at="copyDestroyed")
    until(lambda: dies((a, b), b), lambda: f"b dies at copyDestroyed: {b.log_end()}")
    assert not a.delivery(key)["recalled"]
    b.start()
    finish((a, b), lambda: a.delivery(key)["recalled"], "the document is given back")
    assert b.receipts(key)[0]["files"] == []


def write(folder, words):
    path = folder / f"{words}.pdf"
    path.write_bytes(pdf([(100, 700, words)]))
    return str(path)


def dies(pair, victim):
    for one in pair:
        one.hasten()
    return victim.was_killed()


def finish(pair, condition, what):
    def is_finished():
        for one in pair:
            one.hasten()
        return condition()
    until(is_finished, lambda: f"{what}: {[one.look() for one in pair]} {[one.log_end() for one in pair]}")
