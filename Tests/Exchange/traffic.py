"""What two offices write to each other while the soak kills them: letters, acceptances and refusals, work on what came,
recalls, corrections, replacements and the answers to them; and what must have become of all of it in the end."""

import uuid
from collections import deque

from conftest import NOIVU, TUPHAP, UBND
from installation import until
from letters import pdf
from test_mail import FRIEND, OFFICE, deliver, incoming

BY_MAIL = "X01"
FAULTS = [
    {"fault": "lose"}, {"fault": "reset", "count": 3}, {"fault": "cut", "count": 2}, {"fault": "status", "status": 503},
    {"fault": "body", "body": "<html>Đăng nhập</html>"}, {"fault": "twice"}, {"fault": "reverse"},
    {"fault": "clock", "seconds": 7200},
]
# What an office says to one that asks too late.
OVER = ("deliveryOver", "requestOpen")


class Traffic:
    """Two offices that write to each other and take what comes; `a` writes and is written to by mail as well."""

    def __init__(self, pair, folder, chance, axis, post):
        self.a, self.b = pair
        self.pair, self.folder, self.chance, self.axis, self.post = pair, folder, chance, axis, post
        self.letters = self.deliveries = self.mails = self.mailed = 0
        self.axis_kills = self.faults = self.recalls = self.updates = self.replacements = self.refusals = 0
        # Letters that somebody may still change their mind about: who sent them, from where, to whom.
        self.recent = deque(maxlen=40)

    # What happens

    def some(self):
        for _ in range(self.chance.randint(1, 4)):
            self.letter()
        if self.recent and self.chance.random() < 0.7:
            self.change_of_mind()
        self.some_work()
        self.hasten()

    def letter(self):
        path = self.paper()
        dice = self.chance.random()
        if dice < 0.5:
            to = self.chance.choice([[NOIVU], [UBND], [NOIVU, UBND]])
            if self.post and self.chance.random() < 0.2:
                self.mails += 1
                self.issue(self.a, "phong-tu-phap", [*to, BY_MAIL], path)
                # Who has it by mail cannot be asked for it.
                self.recent.pop()
            else:
                self.issue(self.a, "phong-tu-phap", to, path)
        elif dice < 0.9 or not self.post:
            self.issue(self.b, "phong-noi-vu", [TUPHAP], path)
        else:
            self.mailed += 1
            self.letters += 1
            deliver(self.post, incoming(f"[{self.letters}/UBND-VP] Báo cáo {uuid.uuid4().hex[:8]}", path))

    def paper(self):
        path = self.folder / "thu.pdf"
        path.write_bytes(pdf([(100, 700, uuid.uuid4().hex)]))
        return path

    def issue(self, side, slug, to, path, **more):
        key = side.issue(slug, to, files=[str(path)], **more)
        self.letters += 1
        self.deliveries += len(to)
        self.recent.append((side, slug, key, to))

    def change_of_mind(self):
        """A letter is asked back, corrected, or replaced by another."""
        index = self.chance.randrange(len(self.recent))
        side, slug, key, to = one = self.recent[index]
        del self.recent[index]
        dice = self.chance.random()
        if dice < 0.25:
            self.issue(side, slug, to, self.paper(), replaces=key)
            self.replacements += 1
        elif dice < 0.6:
            self.recalls += self.asks(side, "recall", slug, key)
        else:
            self.updates += self.asks(side, "update", slug, key)
            # It may be asked back as well.
            self.recent.append(one)

    @staticmethod
    def asks(side, act, slug, key):
        answer = side.ask(act, at=slug, about=key, reason="Đánh máy nhầm.")
        if "error" not in answer:
            return 1
        assert any(word in answer["error"] for word in OVER), f"{side.name} could not {act}: {answer['error']}"
        return 0

    def some_work(self):
        for one in self.pair:
            for slug in one.agencies:
                dice = self.chance.random()
                if dice < 0.7:
                    one.do("accept", at=slug)
                elif dice < 0.85:
                    self.refusals += one.do("refuse", at=slug, reason="Gửi nhầm nơi nhận.")["count"]
                if self.chance.random() < 0.7:
                    one.do(self.chance.choice(["agree", "agree", "disagree"]), at=slug, reason="Đã trình lãnh đạo.")
                if self.chance.random() < 0.2:
                    one.do("direct", at=slug)

    def disturb_the_axis(self):
        dice = self.chance.random()
        if dice < 0.3:
            self.axis.fault(**self.chance.choice(FAULTS))
            self.faults += 1
        elif dice < 0.4:
            self.axis.kill()
            self.axis.start()
            self.axis_kills += 1

    def hasten(self):
        for one in self.pair:
            one.hasten()

    # What must have come of it

    def settle(self):
        self.axis.forgive()
        until(self.is_over, lambda: f"everything comes to an end: {[one.totals() for one in self.pair]} of "
              f"{self.deliveries} and {self.mails} mails, {self.mailed} mails in", patience=300)

    def is_over(self):
        """Everybody has decided about what came, and everybody who asked or sent was told; mail says nothing."""
        now = [one.totals() for one in self.pair]
        for one, totals in zip(self.pair, now):
            for slug in one.agencies:
                if totals["toAccept"]:
                    one.do("accept", at=slug)
                if totals["toDecide"]:
                    one.do("agree", at=slug)
        self.hasten()
        return (sum(sum(one["deliveries"]) for one in now) == self.deliveries
                and now[0]["mailed"] == self.mailed
                and not any(one[what] for one in now for what in (
                    "outbox", "waiting", "dead", "failed", "toAccept", "toDecide", "asked", "untold")))

    def check_books(self):
        """What the sender's board says of each recipient is what there is at the recipient."""
        sides = {one.name: one.look() for one in self.pair}
        for here, there in (self.pair, self.pair[::-1]):
            codes = {code: slug for slug, code in there.agencies.items()}
            for sent in sides[here.name]["deliveries"]:
                if sent["recipient"] in codes:
                    self.check(sent, *(
                        [one for one in sides[there.name][what]
                         if (one["agency"], one["key"]) == (codes[sent["recipient"]], sent["key"])]
                        for what in ("receipts", "incoming")))

    @staticmethod
    def check(sent, receipts, entries):
        def holds(condition, what):
            assert condition, f"{what}: {sent} · {receipts} · {entries}"
        live = [one for one in receipts if one["state"] != "refused" and not one["frozen"]]
        asked = [request for one in receipts for request in one["requests"]]
        holds(len(entries) <= 1, "it is registered once")
        holds(all(request["state"] != "asked" for request in sent["requests"] + asked), "every request is answered")
        holds(len(asked) == len(sent["requests"]), "every request came, once")
        answers = [code for code in sent["taken"] if code in ("15", "16")]
        holds(len(answers) == len(sent["requests"]), "every answer came, once")
        holds(all(not one["files"] for one in receipts if one["frozen"]), "nothing is left of what was given back")
        if sent["recalled"]:
            holds(not live, "nobody has what is taken back")
        elif sent["status"] == "02":
            holds(receipts and not live and not entries, "nobody has what was refused")
        else:
            holds(len(live) == len(entries) == 1, "it is registered")
            holds(live[0]["files"] and all(file["sound"] for file in live[0]["files"]), "its files are sound")
            holds(sent["status"] >= "03", "the sender knows")

    def mails_came(self):
        """How many there are, and how many more than that lie in the other's mailbox."""
        sent = [mail["Message-ID"] for mail in self.post.mailbox(FRIEND)]
        assert len(set(sent)) == self.mails, f"{len(set(sent))} of {self.mails} mails are there"
        return len(sent) - self.mails


def by_mail(post):
    """The settings of `a`'s mailbox, and whom it writes to."""
    settings = {"phong-tu-phap": {
        "address": OFFICE, "submission": post.place("smtp", OFFICE), "mailbox": post.place("imap", OFFICE), "every": 1}}
    return settings, {"name": "UBND thành phố bạn", "code": BY_MAIL, "channel": "mail", "mail": FRIEND}
