"""Links and addresses named instead of read: nobody listens to "https deux points slash slash"."""

from __future__ import annotations

import re

_WEB = re.compile(r"\b(?:https?://|www\.)([^\s<>()«»]+)", re.I)
_MAIL = re.compile(r"\b([\w.+-]{1,64})@([\w-]{1,63}(?:\.[\w-]{1,63}){1,4})")
_DOMAIN = re.compile(
    r"(?<![\w@./-])((?:[a-z0-9][a-z0-9-]{0,62}\.){1,4}(?:fr|com|org|net|eu|info|gouv|paris))(/[^\s<>()«»]*)?(?![\w-])",
    re.I,
)


def links_said(text: str) -> str:
    """Every link and mail address of a text as it is said aloud."""
    text = _MAIL.sub(lambda found: f"{_spelt(found.group(1))} arobase {_spelt(found.group(2))}", text)
    text = _WEB.sub(_web, text)
    return _DOMAIN.sub(lambda found: domain(found.group(1)), text)


def domain(name: str) -> str:
    """service-public.fr → service public point F R: a name to recognise, the button under the answer opens it."""
    return " point ".join(_part(part) for part in name.lower().removeprefix("www.").split(".") if part)


def _web(found: re.Match[str]) -> str:
    host = re.split(r"[/?#:]", found.group(1), maxsplit=1)[0].rstrip(".,;!?")
    end = re.search(r"[.,;!?]*$", found.group(1))
    return f"le site {domain(host)}{end.group() if end else ''}" if host else "un lien"


def _part(part: str) -> str:
    return " ".join(part.upper()) if len(part) == 2 and part.isalpha() else part.replace("-", " ")


def _spelt(text: str) -> str:
    """Half of a mail address: that one has to be copied sign by sign."""
    parts = [" ".join(part.upper()) if len(part) == 2 else part for part in text.lower().split(".")]
    return " point ".join(parts).replace("-", " tiret ").replace("_", " tiret bas ").replace("+", " plus ")
