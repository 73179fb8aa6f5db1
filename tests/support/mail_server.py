"""A mail server of this machine: takes letters as they come and keeps them."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Thread

REPLIES = {b"DATA": b"354 go on", b"QUIT": b"221 bye"}


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say(b"220 here")
        while line := self.rfile.readline():
            word = line.split(maxsplit=1)[0].strip().upper() if line.strip() else b""
            self._say(REPLIES.get(word, b"250 ok"))
            if word == b"QUIT":
                return
            if word == b"DATA":
                self.server.letters.append(self._letter())  # type: ignore[attr-defined]  # our server, below
                self._say(b"250 kept")

    def _letter(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b"."))
        letter = message_from_bytes(b"".join(lines), policy=default)
        assert isinstance(letter, EmailMessage)
        return letter

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


class MailServer(socketserver.ThreadingTCPServer):
    """Listens at `port`; what came is in `letters`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.letters: list[EmailMessage] = []
        self.port = int(self.server_address[1])


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server that takes letters for as long as the block lasts."""
    with MailServer() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
