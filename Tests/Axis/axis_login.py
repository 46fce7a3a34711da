"""The sign-in that some provinces want beside their two headers: a name, a password and an application, for a token that
goes with every call and is taken for half an hour. A killed process has forgotten all of them."""

import json
import threading
import time
import uuid


class Logins:
    """Who may sign in stands at the systems, as "login": {"user": …, "password": …, "application": …}."""

    def __init__(self, systems):
        self.accounts = {system["id"]: system["login"] for system in systems["systems"] if "login" in system}
        self.seconds = systems.get("tokenSeconds", 1800)
        self.lock, self.tokens = threading.Lock(), {}

    def sign_in(self, body):
        """The token, or None."""
        try:
            told = json.loads(body)
        except ValueError:
            return None
        names = {"username", "password", "applicationCode", "otp", "twoFactorProvider", "typeObjs"}
        if not isinstance(told, dict) or set(told) != names or told["typeObjs"] != [0, 1]:
            return None
        given = {"user": told["username"], "password": told["password"], "application": told["applicationCode"]}
        if given not in self.accounts.values():
            return None
        token = "eyJ" + uuid.uuid4().hex * 29
        with self.lock:
            self.tokens[token] = (given["user"], time.time() + self.seconds)
        return token

    def is_signed_in(self, system, header):
        """Whether a call of this system may be worked on."""
        account = self.accounts.get(system)
        if account is None:
            return True
        kind, _, token = header.partition(" ")
        with self.lock:
            user, until = self.tokens.get(token, (None, 0))
        return kind == "Bearer" and user == account["user"] and time.time() < until

    def forget(self):
        with self.lock:
            self.tokens.clear()
