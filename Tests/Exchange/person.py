"""Somebody at the pages of an installation, with a browser that shows nothing: signs in, reads, sends a form."""

import html
import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
import uuid

PASSWORD = "rachgia-2026"


class Person:
    def __init__(self, installation, login):
        self.address = f"http://127.0.0.1:{installation.port}"
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.browser = urllib.request.build_opener(cookies)
        status, page = self.read("/dang-nhap")
        assert status == 200, page
        status, page = self._send("/dang-nhap", urllib.parse.urlencode({
            **hidden(page), "ten-dang-nhap": login, "mat-khau": PASSWORD}).encode(), "application/x-www-form-urlencoded")
        assert status == 200 and 'name="mat-khau"' not in page, f"{login} is signed in: {status}"

    def read(self, path):
        """Status and page; redirects are followed."""
        return self._open(urllib.request.Request(self.address + path))

    def upload(self, path, file, name="cong-van.pdf"):
        """The one file of the form on that page."""
        status, page = self.read(path)
        assert status == 200, page
        boundary = uuid.uuid4().hex
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
            for field, value in hidden(page).items()]
        parts.append(
            f'--{boundary}\r\nContent-Disposition: form-data; name="tep"; filename="{name}"\r\n'
            "Content-Type: application/pdf\r\n\r\n".encode() + file + f"\r\n--{boundary}--\r\n".encode())
        return self._send(path, b"".join(parts), f"multipart/form-data; boundary={boundary}")

    def _send(self, path, body, kind):
        return self._open(urllib.request.Request(
            self.address + path, body, {"Content-Type": kind, "Origin": self.address}))

    def _open(self, request):
        try:
            with self.browser.open(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()


def hidden(page):
    """The hidden fields of a page's forms."""
    fields = {}
    for tag in re.findall(r"<input[^>]*>", page):
        if re.search(r'type="?hidden', tag):
            found = {name: value for name, value in re.findall(r'(name|value)="([^"]*)"', tag)}
            fields[found.get("name", "")] = html.unescape(found.get("value", ""))
    return fields


def words(page):
    """What there is to read on it."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.S)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))
