"""Who has a message in hand: a worker that dies gives back what it had, to itself when it starts again or to another beside
it, within seconds; several workers on one database send nothing twice (E5)."""

import pytest
from conftest import NOIVU, PARTNER, TUPHAP, UBND, check_both, make_pair
from installation import Installation, until
from keys import Authority
from letters import pdf
from partner import Partner

# Shorter than any lease: what comes within this was given back, and did not run out.
SOON = 40


def caught_sending(a, rough, letter):
    """A letter whose sending somebody has begun and will not end."""
    rough.manners[:] = ["hang"]
    key = a.issue("phong-tu-phap", [PARTNER], files=[str(letter())])
    until(lambda: rough.calls, "the partner is called")
    return key


def goes_soon(a, key):
    until(lambda: a.delivery(key)["carried"], lambda: f"{key} goes: {a.story()}", patience=SOON)


def test_killed_while_sending_and_started_again(a, b, rough, letter):
    """E5: the server knows that its former life's leases are dead"""
    key = caught_sending(a, rough, letter)
    a.kill()
    a.start()
    goes_soon(a, key)
    assert [how for _, how in rough.calls] == ["hang", "keep"]
    assert len(rough.kept) == 1


def test_another_worker_takes_over(a, b, rough, letter):
    """E5: where the server stays down, a worker beside it goes on"""
    key = caught_sending(a, rough, letter)
    worker = a.add_worker()
    try:
        a.kill()
        goes_soon(a, key)
        assert [how for _, how in rough.calls] == ["hang", "keep"]
    finally:
        a.kill_worker(worker)
        a.start()


def test_a_message_being_read_is_read_by_the_next(a, b, rough, letter):
    """E5: the same on the way in"""
    b.kill()
    key = a.issue("phong-tu-phap", [NOIVU], files=[str(letter())])
    b.start(kill_at="inboundBeforeEntry")
    until(lambda: a.hasten() or b.was_killed(), "b dies while it reads")
    b.start()
    until(lambda: b.receipts(key), lambda: f"{key} is read: {b.story()}", patience=SOON)
    a.becomes(key, "01")


def test_what_a_dead_reader_left_is_cleared_by_the_next(a, b, letter):
    """E5: it had entered the message and not yet thrown its bytes away; nobody waits for the sweeper's hour"""
    b.kill()
    b.start(worker=False)
    try:
        key = a.issue("phong-tu-phap", [NOIVU], files=[str(letter())])
        until(lambda: b.inbound("waiting"), "it waits to be read")
        reader = b.add_worker(kill_at="inboundEntered")
        until(lambda: reader.poll() is not None, lambda: f"the reader dies: {b.log_end()}")
        assert b.receipts(key) and b.look()["unusedFiles"] == 1
        b.kill_worker(reader)
        next_one = b.add_worker()
        a.becomes(key, "01")
        b.is_tidy()
        b.kill_worker(next_one)
    finally:
        b.kill()
        b.start()


def test_several_workers_on_one_database(tmp_path, postgres):
    """E5, decision 22: a server and two workers on each side, one of them killed now and then: nothing twice, nothing lost"""
    a, b = pair = make_pair(tmp_path, "postgres", postgres)
    rough = Partner(Authority(tmp_path / "rough", "rough authority"), "rough").open()
    a.knows("rough", rough.address, rough.authority, rough.identity)
    a.do("catalogue", entries=[{"name": "Sở bạn", "code": PARTNER, "channel": "vanthu", "partner": "rough"}])
    try:
        for one in pair:
            one.start()
            one.add_worker(), one.add_worker()
        keys, undisturbed = [], []
        for number in range(10):
            path = tmp_path / f"{number}.pdf"
            path.write_bytes(pdf([(100, 700, f"thu {number}")]))
            undisturbed += a.do("issue", at="phong-tu-phap", to=[PARTNER], letters=4, files=[str(path)])["keys"]
            keys += a.do("issue", at="phong-tu-phap", to=[NOIVU, UBND], letters=2, files=[str(path)])["keys"]
            b.do("issue", at="phong-noi-vu", to=[TUPHAP], letters=2, files=[str(path)])
        until(lambda: sum(map(len, rough.kept.values())) >= len(undisturbed), "all are with the partner")
        a.settles()
        # While nobody dies, each is even sent once only.
        assert len(rough.calls) == len(rough.kept) == len(undisturbed)
        for number in range(6):
            victim = pair[number % 2]
            keys += a.do("issue", at="phong-tu-phap", to=[NOIVU, UBND], letters=3, files=[str(path)])["keys"]
            b.do("issue", at="phong-noi-vu", to=[TUPHAP], letters=3, files=[str(path)])
            victim.kill_worker(victim.workers[0])
            victim.add_worker()
        def all_told():
            for one in pair:
                one.hasten()
            return all(one["status"] for side in pair for one in side.look()["deliveries"] if one["recipient"] != PARTNER)
        until(all_told, lambda: f"all are told: {a.story()}")
        assert len(b.look()["receipts"]) == 2 * len(keys)
        assert len(a.look()["receipts"]) == 20 + 18
        for one in pair:
            for slug in one.agencies:
                one.do("accept", at=slug)
        until(lambda: all_told() and all(one["status"] == "03" for one in a.look()["deliveries"] if one["recipient"] != PARTNER),
              lambda: f"all are accepted: {a.story()}")
        check_both(a, b)
    finally:
        for one in pair:
            one.close()
        rough.close()


def test_two_workers_within_one_house(tmp_path, postgres):
    """E5, decision 22: letters between agencies of one installation, carried by its server and a worker beside it, one of which
    is killed now and then: each is one receipt, each status comes back"""
    house = Installation(tmp_path / "house", "house", postgres(), {"phong-noi-vu": NOIVU, "ubnd-thanh-pho": UBND})
    there = {"phong-noi-vu": UBND, "ubnd-thanh-pho": NOIVU}
    try:
        house.do("install", agencies=house.agencies)
        house.write_settings()
        house.start()
        house.add_worker()
        for number in range(8):
            path = tmp_path / f"{number}.pdf"
            path.write_bytes(pdf([(100, 700, f"thu {number}")]))
            for slug, to in there.items():
                house.do("issue", at=slug, to=[to], letters=4, files=[str(path)], abstract=f"báo cáo {number}")
            # Nobody waits: some of them are being carried at this moment.
            if number % 2:
                house.kill_worker(house.workers[0])
                house.add_worker()
            else:
                house.kill()
                house.start(waits=False)
        for status in ("01", "03"):
            until(lambda: house.hasten() or all(one["status"] == status for one in house.look()["deliveries"]),
                  lambda: f"all are {status}: {house.story()}")
            for slug in house.agencies:
                house.do("accept", at=slug)
        house.settles()
        sides = house.look()
        assert len(sides["deliveries"]) == len(sides["receipts"]) == len(sides["incoming"]) == 64
        for number in range(8):
            for slug in there:
                same = [one for one in sides["receipts"] if one["agency"] == slug and one["abstract"].endswith(f" {number}")]
                assert len(same) == 4, (number, slug)
        assert all(one["taken"] == ["01", "03"] and not one["setAside"] for one in sides["deliveries"]), "nothing came twice"
        assert sorted(one["number"] for one in sides["incoming"]) == sorted([*range(1, 33), *range(1, 33)])
        house.is_tidy()
        house.verify()
    finally:
        house.close()
