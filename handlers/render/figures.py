"""The figures of a period, as staff read them on a telephone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.domain.figures import Counted, Figures
from bot.domain.periods import Period, Span, period_of
from bot.domain.texts import Texts
from handlers.bilan.button_data import BilanAction, encode, encode_digest
from handlers.render.answer import french_date
from handlers.render.html import bold, cut, escape, join_blocks
from handlers.render.screen import Button, Keyboard, Screen, rows_of

CAPTION_LIMIT = 1024
_CHANNELS = ("chat", "session", "inline", "page")
_LISTED = 5
_LONGEST = 80


def figures_screen(texts: Texts, figures: Figures, today: date, *, digest: bool) -> Screen:
    """Everything in words; the picture that follows says the same in bars."""
    blocks = [bold(title(texts, figures)), *_told(texts, figures)]
    return Screen(join_blocks(blocks), keyboard(texts, figures.period, today, digest=digest))


def caption(texts: Texts, figures: Figures) -> str:
    """What the picture shows, for whoever cannot see it."""
    said = [_questions(texts, figures), _outcomes(texts, figures)]
    said += [_sentence(texts.say(key), some) for key, some in _lists(figures)]
    described = escape(texts.say("chiffres_image", texte=" ".join(said)))
    return cut(f"{bold(title(texts, figures))}\n{described}", CAPTION_LIMIT)[0]


def digest_screen(texts: Texts, figures: Figures) -> Screen:
    """Monday's message: one only, so that it is sent whole or not at all."""
    head = bold(texts.say("lundi_titre")) + "\n" + caption(texts, figures)
    more = "\n".join(escape(line) for line in (_waiting(texts, figures), _overdue(texts, figures)))
    whole = cut(f"{head}\n{more}", CAPTION_LIMIT)[0]
    show = Button(texts.say(f"bouton_bilan_{figures.period.span}"), encode(BilanAction.SHOW, figures.period))
    return Screen((whole,), ((show,), (digest_button(texts, wanted=True),)))


def digest_button(texts: Texts, *, wanted: bool) -> Button:
    """The button that changes what is so now."""
    return Button(texts.say("bouton_lundi_non" if wanted else "bouton_lundi_oui"), encode_digest(not wanted))


def keyboard(texts: Texts, period: Period, today: date, *, digest: bool) -> Keyboard:
    """The other kinds of periods, those before and after, the files, and Monday's digest."""
    spans = [
        Button(texts.say(f"bouton_bilan_{span}"), encode(BilanAction.SHOW, period_of(span, min(period.end, today))))
        for span in Span
        if span is not period.span
    ]
    steps = [Button(texts.say("bouton_bilan_avant"), encode(BilanAction.SHOW, period.before))]
    if period.end < today:
        steps.append(Button(texts.say("bouton_bilan_apres"), encode(BilanAction.SHOW, period.after)))
    files = [
        Button(texts.say("bouton_bilan_csv"), encode(BilanAction.CSV, period)),
        Button(texts.say("bouton_bilan_xlsx"), encode(BilanAction.XLSX, period)),
    ]
    return (
        *rows_of(spans, 2),
        *rows_of(steps, 2),
        *rows_of(files, 2),
        (digest_button(texts, wanted=digest),),
    )


def title(texts: Texts, figures: Figures) -> str:
    """The period in words."""
    days = texts.say("chiffres_jours", debut=french_date(figures.period.start), fin=french_date(figures.until))
    return f"{texts.say(f'chiffres_titre_{figures.period.span}')}\n{days}"


def number(n: int) -> str:
    """A number with narrow spaces, as French writes it."""
    return f"{n:,}".replace(",", "\u202f")


def _told(texts: Texts, figures: Figures) -> Iterable[str]:
    yield escape(f"{_questions(texts, figures)}\n{_outcomes(texts, figures)}")
    rest = [
        texts.say("chiffres_danger", nombre=number(figures.total.danger)) if figures.total.danger else "",
        texts.say("chiffres_avis", aide=number(figures.helped), refus=number(figures.refused)),
        _channels(texts, figures),
    ]
    yield escape("\n".join(filter(None, rest)))
    for key, some in _lists(figures):
        yield "\n".join([bold(texts.say(key)), *(escape(_line(texts, one.label, one.n)) for one in some)])
    yield from _places(texts, figures)
    delays = figures.delays
    waited = ""
    if delays.answered:
        waited = texts.say(
            "chiffres_delais", nombre=number(delays.answered), moitie=number(delays.median or 0),
            neuf=number(delays.nine_in_ten or 0),
        )  # fmt: skip
    yield escape("\n".join(filter(None, [waited, _waiting(texts, figures), _overdue(texts, figures)])))


def _questions(texts: Texts, figures: Figures) -> str:
    if not figures.total.questions:
        return texts.say("chiffres_vide")
    before = number(figures.previous.questions)
    return texts.say("chiffres_questions", nombre=number(figures.total.questions), avant=before)


def _outcomes(texts: Texts, figures: Figures) -> str:
    total = figures.total
    return texts.say(
        "chiffres_issues", reponses=number(total.served), choix=number(total.choices), inconnus=number(total.unknown)
    )


def _channels(texts: Texts, figures: Figures) -> str:
    told = [
        f"{texts.say(f'chiffres_canal_{channel}')} {number(figures.channels[channel].questions)}"
        for channel in _CHANNELS
        if channel in figures.channels and figures.channels[channel].questions
    ]
    return texts.say("chiffres_canaux", liste=", ".join(told)) if told else ""


def _lists(figures: Figures) -> list[tuple[str, Sequence[Counted]]]:
    lists = (("chiffres_fiches", figures.topics), ("chiffres_manques", figures.missing))
    return [(key, some[:_LISTED]) for key, some in lists if some]


def _sentence(heading: str, some: Sequence[Counted]) -> str:
    return f"{heading} : " + ", ".join(f"{_short(one.label)} ({number(one.n)})" for one in some[:3]) + "."


def _places(texts: Texts, figures: Figures) -> Iterable[str]:
    """Themes and communes, each with its total where it may be shown."""
    table = figures.places
    if table is None:
        return
    sides = (
        ("chiffres_themes", "chiffres_sans_theme", table.rows, table.row_totals),
        ("chiffres_communes", "chiffres_sans_commune", table.columns, table.column_totals),
    )
    for heading, nameless, names, totals in sides:
        lines = [_line(texts, name or texts.say(nameless), n) for name, n in zip(names, totals, strict=True) if n]
        secret = sum(n is None for n in totals)
        if secret:
            lines.append(texts.say("chiffres_caches", nombre=secret))
        yield "\n".join([bold(texts.say(heading)), *map(escape, lines)])


def _line(texts: Texts, name: str, n: int) -> str:
    return texts.say("chiffres_ligne", nom=_short(name), nombre=number(n))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _waiting(texts: Texts, figures: Figures) -> str:
    return texts.say("chiffres_attente", nombre=number(figures.waiting))


def _overdue(texts: Texts, figures: Figures) -> str:
    return texts.say("chiffres_perimes", perimes=number(figures.overdue), nombre=number(figures.entries))
