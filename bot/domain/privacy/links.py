"""Links: the site is kept, so that staff recognise a scam; what follows may be a key to someone's file."""

import re

from bot.domain.privacy.draft import Draft
from bot.domain.privacy.kind import Kind

_ADDRESS = r"""[^\s<>"«»\x01]"""
_LINK = re.compile(
    rf"(?:https?://|tg://|(?<![a-z0-9@.-])www\.){_ADDRESS}+"
    r"|(?<![a-z0-9@._-])(?:[a-z0-9-]{1,63}\.){1,5}"
    rf"(?:fr|com|org|net|eu|io|info|me|be|gg|co|ly|app|dev|link|site|online|xyz|biz|ru|cn|top|shop|ma|pt"
    rf"|es|de)[/?]{_ADDRESS}+"
)
_SITE = re.compile(r"(?:[a-z]+://)?[^/?#]*")
_OFFICIAL = re.compile(
    r"(?:^|[/.])(?:gouv\.fr|caf\.fr|ameli\.fr|service-public\.(?:gouv\.)?fr|francetravail\.fr"
    r"|pole-emploi\.fr|msa\.fr"
    r"|lassuranceretraite\.fr|info-retraite\.fr|perigueux\.fr|grandperigueux\.fr|agglo-perigueux\.fr"
    r"|dordogne\.fr"
    r"|nouvelle-aquitaine\.fr|laposte\.fr|monparcourshandicap\.gouv\.fr|urssaf\.fr|adie\.org"
    r"|action-logement\.fr)$"
)
_KEY = re.compile(r"\d{7}|[0-9a-f-]{24}|[a-z0-9_]{20}")


def claim_links(draft: Draft) -> None:
    """Claim what follows the site in a link, or the whole link when it carries a login."""
    for match in _LINK.finditer(draft.low):
        link = match[0].rstrip(".,;:!?)'*…")
        site = _SITE.match(link)
        if site is None:
            continue
        start, end = match.start(), match.start() + len(link)
        if "@" in site[0] or ("://" not in link and "@" in link.partition("/")[0]):
            draft.claim(start, end, Kind.LINK)
            continue
        rest = link[site.end() :]
        if not rest.strip("/") or (_OFFICIAL.search(site[0]) and not _carries_key(rest)):
            continue
        draft.claim(start + site.end() + rest.startswith("/"), end, Kind.LINK)


def _carries_key(rest: str) -> bool:
    """Whether the end of an official link may belong to one person."""
    return "?" in rest or "#" in rest or "@" in rest or any(_KEY.search(part) for part in rest.split("/"))
