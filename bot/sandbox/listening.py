"""A socket to listen on, or a sentence that says why not."""

import socket

from bot.sandbox.errors import SandboxError


def listen(address: str, port: int) -> socket.socket:
    """A listening socket; raises SandboxError where the port is taken or the address is not of this machine."""
    try:
        [family, *_, place], *_ = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)
        listening = socket.create_server((place[0], port), family=family, backlog=128)
    except OSError as error:
        raise SandboxError(f"Impossible d'écouter sur {address}:{port} : {error.strerror}.") from None
    listening.setblocking(False)
    return listening


def url_of(address: str, port: int) -> str:
    """The address that a browser on this machine opens."""
    host = f"[{address}]" if ":" in address else address
    return f"http://{host}:{port}/"
