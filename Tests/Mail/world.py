"""A post office on loopback for the tests: exim takes messages, dovecot shows what arrived.

    python3 Tests/Mail/world.py [--user ADDRESS …]

Both are the real servers of Debian (packages exim4-daemon-light and dovecot-imapd), run without rights in a folder of
their own that is gone afterwards. Prints one line of JSON when all doors are open:

    {"host": "localhost", "smtp": 2525, "smtps": 2465, "plain": 2526, "imap": 2143, "imaps": 2993,
     "root": "/…/root.pem", "users": {"vanthu@rachgia.example": "…"}, "folder": "/…"}

`smtp` and `imap` begin in the clear and offer STARTTLS, a login only after it; `plain` offers neither TLS nor a login
and takes messages for people of the house only, as a relay inside an office does. The certificate is made out to
`localhost` under the root that stands in `root`.

A message for a domain of the house without such a person is accepted and returned to its sender with a delivery
status notification. Commands are lines on standard input, each answered with a line of JSON, {"done": true} or
{"error": "…"}; the world ends when the input does:

    refuse ADDRESS [CODE TEXT]   RCPT is answered so (550 5.1.1 …); 4xx codes too
    accept ADDRESS               no longer
    refuse-content CODE TEXT     the end of DATA is answered so
    accept-content               no longer
    limit SIZE                   longer messages are refused (200M)
    slow SECONDS                 every answer to MAIL waits so long
    down smtp|imap               nobody listens any more
    up smtp|imap                 again, on the same ports
    deliver ADDRESS FILE         puts the bytes of a file into somebody's inbox as they are
    fill ADDRESS COUNT FILE      so many copies, in each of which "%n%" is its number
    throw-away ADDRESS           what lies in the inbox is marked as deleted, and stays there
    spoil ADDRESS WORDS          the server cannot read the message in the inbox that has these words any more
    mend ADDRESS                 it can again
    shut ADDRESS FOLDER          nothing can be put into a folder
    reopen ADDRESS FOLDER        it can again
    renumber ADDRESS             the inbox gets another UIDVALIDITY, as after a restored backup
"""

import argparse
import fcntl
import grp
import json
import os
import pwd
import random
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

USERS = ["vanthu@rachgia.example", "vanthu@tuphap.example", "theodoi@rachgia.example"]
PORTS = ["smtp", "smtps", "plain", "imap", "imaps"]

EXIM = """
exim_path = @exim@
spool_directory = @folder@/spool
log_file_path = @folder@/exim-%slog
pid_file_path = @folder@/exim.pid
primary_hostname = localhost
qualify_domain = localhost
exim_user = @uid@
exim_group = @gid@
deliver_drop_privilege = true
domainlist house = @domains@
local_interfaces = 127.0.0.1
daemon_smtp_ports = @smtp@ : @smtps@ : @plain@
tls_on_connect_ports = @smtps@
tls_certificate = @folder@/server.crt
tls_privatekey = @folder@/server.key
tls_advertise_hosts = ${if eq{$received_port}{@plain@}{:}{*}}
auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{:}{*}}
log_selector = +smtp_connection
host_lookup =
rfc1413_query_timeout = 0s
smtp_accept_max = 200
smtp_accept_queue_per_connection = 1000
message_size_limit = ${readfile{@folder@/limit}{}}
bounce_return_size_limit = 20K
keep_environment =
acl_smtp_mail = acl_mail
acl_smtp_rcpt = acl_rcpt
acl_smtp_data = acl_data

begin acl

acl_mail:
  accept delay = ${readfile{@folder@/slow}{}}s

acl_rcpt:
  warn set acl_m_answer = ${lookup{$local_part@$domain}lsearch{@folder@/refused}{$value}{}}
  deny condition = ${if match{$acl_m_answer}{^5}}
    message = $acl_m_answer
  defer condition = ${if match{$acl_m_answer}{^4}}
    message = $acl_m_answer
  accept domains = +house
  accept authenticated = *
  deny message = 550 5.7.1 relay not permitted

acl_data:
  warn set acl_m_answer = ${readfile{@folder@/content}{}}
  deny condition = ${if match{$acl_m_answer}{^5}}
    message = $acl_m_answer
  defer condition = ${if match{$acl_m_answer}{^4}}
    message = $acl_m_answer
  accept

begin routers

people:
  driver = accept
  domains = +house
  condition = ${lookup{$local_part@$domain}lsearch{@folder@/homes}{true}{false}}
  transport = inbox

nobody:
  driver = redirect
  allow_fail
  data = :fail: no such person here

begin transports

inbox:
  driver = appendfile
  user = @uid@
  group = @gid@
  directory = ${lookup{$local_part@$domain}lsearch{@folder@/homes}}
  maildir_format
  delivery_date_add
  envelope_to_add
  return_path_add

begin authenticators

plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${if eq{$auth3}{${lookup{$auth2}lsearch{@folder@/passwords}{$value}{}}}}
  server_set_id = $auth2
"""

DOVECOT = """
base_dir = @folder@/run
state_dir = @folder@/run
log_path = @folder@/dovecot.log
protocols = imap
listen = 127.0.0.1
default_internal_user = @user@
default_internal_group = @group@
default_login_user = @user@
ssl = required
ssl_cert = <@folder@/server.crt
ssl_key = <@folder@/server.key
auth_mechanisms = plain
auth_failure_delay = 0
mail_location = maildir:~/Maildir
first_valid_uid = 1
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u @folder@/people
}
userdb {
  driver = static
  args = uid=@uid@ gid=@gid@ home=@folder@/mail/%u
}
namespace inbox {
  inbox = yes
  separator = /
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = @imap@
  }
  inet_listener imaps {
    port = @imaps@
    ssl = yes
  }
}
service imap {
  process_limit = 100
}
mail_max_userip_connections = 100
"""


class Trouble(Exception):
    pass


def program(name):
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if not found:
        raise Trouble(f"{name} is not installed")
    return found


def drop_rights():
    """Mail servers ask who they are; root is nobody for the time of this world."""
    if os.getuid() == 0:
        person = pwd.getpwnam("nobody")
        os.setgroups([])
        os.setgid(person.pw_gid)
        os.setuid(person.pw_uid)


class Ports:
    """Neighbouring ports that no other world has, below those that the system gives to whoever asks."""

    FIRST, BLOCKS = 32_000, 120

    def __init__(self, count):
        numbers = list(range(self.BLOCKS))
        random.shuffle(numbers)
        for number in numbers:
            ports = [self.FIRST + number * count + place for place in range(count)]
            if self.lock(number) and all(self.is_free(port) for port in ports):
                self.ports = ports
                return
        raise Trouble("no free ports")

    def lock(self, number):
        try:
            self.held = open(f"/tmp/mail-world-{os.getuid()}-{number}.lock", "w")
            fcntl.flock(self.held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except OSError:
            return False

    def give_back(self):
        Path(self.held.name).unlink(missing_ok=True)
        self.held.close()

    @staticmethod
    def is_free(port):
        with socket.socket() as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                door.bind(("127.0.0.1", port))
                return True
            except OSError:
                return False


class World:
    def __init__(self, users):
        # The path of a socket has at most 107 bytes.
        self.folder = Path(tempfile.mkdtemp(prefix="mail-", dir="/tmp"))
        self.folder.chmod(0o755)
        self.users = {address: secrets.token_hex(8) for address in users}
        self.held_ports = Ports(len(PORTS))
        self.ports = dict(zip(PORTS, self.held_ports.ports))
        self.running = {}

    def write(self, name, text):
        # Servers read while we write: what stands there is always whole.
        fresh = self.folder / f"{name}.new"
        fresh.write_text(text)
        fresh.replace(self.folder / name)

    def lay_out(self):
        for name in ("spool", "run", "mail"):
            (self.folder / name).mkdir()
        for address in self.users:
            for part in ("cur", "new", "tmp"):
                (self.folder / "mail" / address / "Maildir" / part).mkdir(parents=True)
        self.refused = {}
        self.write("refused", "")
        self.write("content", "")
        self.write("slow", "0")
        self.write("limit", "200M")
        self.write("passwords", "".join(f"{name}: {word}\n" for name, word in self.users.items()))
        self.write("homes", "".join(f"{name}: {self.inbox(name)}\n" for name in self.users))
        self.write("people", "".join(f"{name}:{word}\n" for name, word in self.users.items()))
        self.make_certificate()
        values = {
            **self.ports, "folder": self.folder, "exim": program("exim4"), "uid": os.getuid(), "gid": os.getgid(),
            "user": pwd.getpwuid(os.getuid()).pw_name, "group": grp.getgrgid(os.getgid()).gr_name,
            "domains": " : ".join(sorted({address.split("@")[1] for address in self.users})),
        }
        for name, text in (("exim.conf", EXIM), ("dovecot.conf", DOVECOT)):
            for key, value in values.items():
                text = text.replace(f"@{key}@", str(value))
            self.write(name, text)

    def make_certificate(self):
        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30"]
        root = ["-subj", "/CN=Root of the mail world", "-keyout", "root.key", "-out", "root.pem"]
        server = [
            "-CA", "root.pem", "-CAkey", "root.key", "-subj", "/CN=localhost", "-keyout", "server.key",
            "-out", "server.crt", "-addext", "subjectAltName=DNS:localhost",
            "-addext", "basicConstraints=critical,CA:FALSE",
        ]
        for more in (root, server):
            done = subprocess.run(
                ["openssl", "req", "-x509", *key, *more], cwd=self.folder, capture_output=True, text=True)
            if done.returncode:
                raise Trouble(done.stderr)

    # The servers

    def command(self, name):
        if name == "smtp":
            return [program("exim4"), "-C", str(self.folder / "exim.conf"), "-bdf"]
        return [program("dovecot"), "-F", "-c", str(self.folder / "dovecot.conf")]

    def up(self, name):
        if name in self.running:
            return
        with (self.folder / f"{name}.out").open("ab") as log:
            self.running[name] = subprocess.Popen(
                self.command(name), stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder,
                start_new_session=True)
        doors = ["imap", "imaps"] if name == "imap" else ["smtp", "smtps", "plain"]
        for door in doors:
            self.wait_for(name, self.ports[door])

    def wait_for(self, name, port):
        for _ in range(600):
            if self.running[name].poll() is not None:
                raise Trouble(f"{name} ended: {(self.folder / f'{name}.out').read_text()[-2000:]} {self.logs()}")
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)
        raise Trouble(f"{name} does not listen: {self.logs()}")

    def logs(self):
        return " ".join(path.read_text(errors="replace")[-2000:] for path in self.folder.glob("*log"))

    def down(self, name):
        server = self.running.pop(name, None)
        if server is None:
            return
        # The whole session: exim leaves its children, with open connections, to themselves.
        for kind in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(server.pid, kind)
            except ProcessLookupError:
                pass
            try:
                server.wait(timeout=5)
                if kind == signal.SIGTERM:
                    time.sleep(0.1)
            except subprocess.TimeoutExpired:
                pass

    def end(self):
        for name in list(self.running):
            self.down(name)
        # A folder that was shut would stay.
        for place in (self.folder / "mail").glob("*/Maildir/.*"):
            for part in (place, *place.iterdir()):
                if part.is_dir():
                    part.chmod(0o700)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.held_ports.give_back()

    # Commands

    def obey(self, line):
        word, *rest = line.split(maxsplit=1)
        rest = rest[0].strip() if rest else ""
        act = getattr(self, "do_" + word.replace("-", "_"), None)
        if act is None:
            raise Trouble(f"unknown command {word}")
        act(rest)

    def do_refuse(self, rest):
        address, _, answer = rest.partition(" ")
        self.refused[address] = answer or "550 5.1.1 no such person here"
        self.write("refused", "".join(f"{name}: {said}\n" for name, said in self.refused.items()))

    def do_accept(self, address):
        self.refused.pop(address, None)
        self.write("refused", "".join(f"{name}: {said}\n" for name, said in self.refused.items()))

    def do_refuse_content(self, answer):
        self.write("content", answer)

    def do_accept_content(self, _):
        self.write("content", "")

    def do_limit(self, size):
        self.write("limit", size)

    def do_slow(self, seconds):
        self.write("slow", str(int(seconds)))

    def do_down(self, name):
        self.down(name)

    def do_up(self, name):
        self.up(name)

    def inbox(self, address):
        if address not in self.users:
            raise Trouble(f"no user {address}")
        return self.folder / "mail" / address / "Maildir"

    def do_deliver(self, rest):
        address, _, path = rest.partition(" ")
        inbox, name = self.inbox(address), f"{time.time():.6f}.{secrets.token_hex(8)}.localhost"
        shutil.copyfile(path, inbox / "tmp" / name)
        (inbox / "tmp" / name).rename(inbox / "new" / name)

    def do_fill(self, rest):
        address, count, path = rest.split(" ", 2)
        inbox, text, stamp = self.inbox(address), Path(path).read_bytes(), f"{time.time():.6f}"
        for number in range(1, int(count) + 1):
            name = f"{stamp}.{number:06}{secrets.token_hex(4)}.localhost"
            (inbox / "tmp" / name).write_bytes(text.replace(b"%n%", str(number).encode()))
            (inbox / "tmp" / name).rename(inbox / "new" / name)

    def messages(self, address):
        inbox = self.inbox(address)
        return sorted([*(inbox / "new").iterdir(), *(inbox / "cur").iterdir()])

    def do_throw_away(self, address):
        for path in self.messages(address):
            path.rename(self.inbox(address) / "cur" / (path.name.partition(":")[0] + ":2,T"))

    def do_spoil(self, rest):
        address, _, words = rest.partition(" ")
        for path in self.messages(address):
            if words.encode() in path.read_bytes():
                path.chmod(0)

    def do_mend(self, address):
        for path in self.messages(address):
            path.chmod(0o600)

    def do_shut(self, rest):
        address, _, name = rest.partition(" ")
        folder = self.inbox(address) / f".{name}"
        for part in ("cur", "new", "tmp"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        for place in (folder / "cur", folder / "new", folder / "tmp", folder):
            place.chmod(0o500)

    def do_reopen(self, rest):
        address, _, name = rest.partition(" ")
        folder = self.inbox(address) / f".{name}"
        for place in (folder, folder / "cur", folder / "new", folder / "tmp"):
            place.chmod(0o700)

    def do_renumber(self, address):
        for path in self.inbox(address).glob("dovecot*"):
            path.unlink()
        # Dovecot numbers by the second that the folder is first looked at.
        time.sleep(1.1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--user", action="append", help="an address with a mailbox, instead of the usual three")
    wish = parser.parse_args()
    # Whoever started us may have held signals back, and servers inherit that: they would not hear of their children.
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    drop_rights()
    world = World(wish.user or USERS)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        world.lay_out()
        world.up("smtp")
        world.up("imap")
        print(json.dumps({
            "host": "localhost", **world.ports, "root": str(world.folder / "root.pem"), "users": world.users,
            "folder": str(world.folder)}), flush=True)
        for line in sys.stdin:
            try:
                if line.strip():
                    world.obey(line)
                print(json.dumps({"done": True}), flush=True)
            except (Trouble, OSError, ValueError) as trouble:
                print(json.dumps({"error": str(trouble)}), flush=True)
    except Trouble as trouble:
        print(json.dumps({"error": str(trouble)}), flush=True)
        return 69
    finally:
        world.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
