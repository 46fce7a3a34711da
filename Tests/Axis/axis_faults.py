"""What can go wrong on purpose, for the next calls of a path.

    POST   /_stand-in/faults  {"fault": "status", "status": 503, "path": "/sendEdoc", "count": 2}
    GET    /_stand-in/faults  those still waiting
    DELETE /_stand-in/faults  none any more

    status      answers with that HTTP status and a page of HTML (`body`: other text)
    refuse      answers no, with `code` and `words`, as the façade that is asked says it
    body        answers 200 with the text `body`, or `bytes` bytes of a list that never ends well
    slow        waits `seconds` before the call is worked on
    reset       closes the connection before the call is worked on
    lose        works on the call, then closes the connection without an answer
    die         works on the call, then the axis dies by SIGKILL, as in a power cut
    cut         closes the connection in the middle of the answer's body
    okTwice     the answer's body stands in it twice
    replyTwice  the whole answer is sent twice
    twice       every line of a list is listed twice
    reverse     lists are in reversed order
    listsDone   lists also have what was acknowledged, with its status or as `status`
    listsFrom   lists say that the sender is `code`
    signedOut   every sign-in is forgotten before the call is worked on
    clock       the axis' clock is off by `seconds`

`path` may be left out: any call but those under /_stand-in. `count` is 1 when it is left out.
"""

import threading

KINDS = {
    "status", "refuse", "body", "slow", "reset", "lose", "die", "cut", "okTwice", "replyTwice", "twice", "reverse", "listsDone",
    "listsFrom", "signedOut", "clock",
}


class Faults:
    def __init__(self):
        self.lock, self.waiting = threading.Lock(), []

    def add(self, fault):
        if fault.get("fault") not in KINDS:
            raise ValueError("no such fault: " + str(fault.get("fault")))
        with self.lock:
            self.waiting.append({"count": 1, "path": None, **fault})

    def clear(self):
        with self.lock:
            self.waiting.clear()

    def listed(self):
        with self.lock:
            return [dict(fault) for fault in self.waiting]

    def take(self, path):
        """The faults of this call, by their kind; each kind once, the oldest first."""
        found = {}
        with self.lock:
            for fault in self.waiting:
                if fault["path"] in (None, path) and fault["fault"] not in found:
                    fault["count"] -= 1
                    found[fault["fault"]] = fault
            self.waiting = [fault for fault in self.waiting if fault["count"] > 0]
        return found
