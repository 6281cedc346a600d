"""The measures of understanding, the files of labelled messages, and `acces-droits evaluate`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.__main__ import main
from bot.cli.evaluate import failure_line
from bot.domain.danger import Danger
from bot.domain.decision import Answer, Choices, Decision, Scored, Unknown
from bot.domain.understanding import Talk, Understood
from bot.services.evaluation import (
    HIGHER_IS_BETTER,
    Labelled,
    LabelledFileError,
    Outcome,
    Report,
    Share,
    judge,
    read_labelled,
)

KNOWLEDGE = Path(__file__).parents[1] / "data" / "knowledge"
RANKING = (Scored("rsa", 0.9), Scored("aah", 0.05), Scored("apl", 0.03), Scored("vae", 0.01))
ABOUT_RSA = Labelled("le rsa", "rsa", "sms")
OUTSIDE = Labelled("un hérisson", None, "clair", kind="hors-sujet")
DANGER = Danger("violences-conjugales", True, "Appelez.", (), ("il me tape",))


def measures(message: Labelled, outcome: Decision | Talk, danger: Danger | None = None) -> set[str]:
    """The names of the measures that hold."""
    return {name for name, holds in judge(message, Understood(outcome, danger)).measures.items() if holds}


# --- intervals ---


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [  # R: prop.test(hits, total, correct = FALSE)$conf.int; Newcombe (1998), table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
        (50, 100, 0.4038, 0.5962),
    ],
)
def test_wilson_interval_is_the_published_one(hits: int, total: int, low: float, high: float) -> None:
    assert Share(hits, total).interval == pytest.approx((low, high), abs=5e-5)


def test_nothing_measured_says_nothing() -> None:
    assert Share(0, 0).value == 0.0
    assert Share(0, 0).interval == (0.0, 1.0)


@given(st.integers(1, 5000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_interval_holds_the_share_and_stays_between_none_and_all(pair: tuple[int, int]) -> None:
    share = Share(*pair)
    low, high = share.interval
    assert 0.0 <= low <= share.value + 1e-12
    assert share.value - 1e-12 <= high <= 1.0


# --- one message ---


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Answer("rsa", RANKING), {"top-1", "top-3", "served"}),
        (Answer("aah", RANKING[1:]), {"wrong"}),
        (Answer("aah", (RANKING[1], RANKING[0])), {"top-3", "wrong"}),
        (Choices(("aah", "rsa"), (RANKING[1], RANKING[0])), {"top-3", "served"}),
        (Choices(("aah", "apl"), RANKING[1:]), {"missed"}),
        (Unknown(RANKING), {"top-1", "top-3", "missed"}),
        (Unknown((*RANKING[1:], RANKING[0])), {"missed"}),  # fourth
        (Unknown(()), {"missed"}),
        (Talk("merci"), {"missed"}),
    ],
)
def test_a_message_with_a_topic(outcome: Decision | Talk, expected: set[str]) -> None:
    assert measures(ABOUT_RSA, outcome) == expected


def test_another_right_topic_is_as_right() -> None:
    also = Labelled("le rsa", "prime-activite", also=("rsa",))
    assert measures(also, Answer("rsa", RANKING)) == {"top-1", "top-3", "served"}


def test_small_talk_is_a_topic_with_an_id() -> None:
    thanks = Labelled("merci", "merci", "sms")
    assert measures(thanks, Talk("merci")) == {"top-1", "top-3", "served"}
    assert measures(thanks, Talk("insulte")) == {"missed"}
    assert measures(thanks, Answer("rsa", RANKING)) == {"wrong"}


def test_right_danger_numbers_serve_and_others_do_not() -> None:
    violence = Labelled("il me tape", "violences-conjugales")
    assert measures(violence, Unknown(RANKING), DANGER) == {"served"}
    assert measures(violence, Answer("rsa", RANKING), DANGER) == {"served"}
    assert measures(ABOUT_RSA, Answer("rsa", RANKING), DANGER) == {"top-1", "top-3", "served"}
    assert measures(ABOUT_RSA, Unknown(RANKING), DANGER) == {"top-1", "top-3", "missed"}
    assert measures(ABOUT_RSA, Answer("aah", RANKING[1:]), DANGER) == {"wrong"}
    outcome = judge(ABOUT_RSA, Understood(Answer("aah", RANKING[1:]), DANGER))
    assert (outcome.decision, outcome.shown, outcome.score) == ("danger", ("violences-conjugales", "aah"), None)


@pytest.mark.parametrize(
    ("outcome", "danger", "expected"),
    [
        (Unknown(RANKING), None, {"caught"}),
        (Talk("merci"), None, {"caught"}),
        (Choices(("rsa", "aah"), RANKING), None, {"offered"}),
        (Answer("rsa", RANKING), None, {"wrong answer"}),
        (Unknown(RANKING), DANGER, set()),
        (Answer("rsa", RANKING), DANGER, {"wrong answer"}),
    ],
)
def test_a_message_that_no_topic_covers(outcome: Decision | Talk, danger: Danger | None, expected: set[str]) -> None:
    assert measures(OUTSIDE, outcome, danger) == expected
    assert judge(OUTSIDE, Understood(outcome, danger)).failed == ("caught" not in expected)


def test_messages_about_danger_are_measured_for_danger_alone() -> None:
    urgent, other_kind = (Labelled("", topic, urgent=True) for topic in ("violences-conjugales", "urgence-vitale"))
    look_alike = Labelled("", "rsa", urgent=False)
    assert judge(urgent, Understood(Unknown(()), DANGER)).measures == {"recall": True, "right kind": True}
    assert judge(other_kind, Understood(Unknown(()), DANGER)).measures == {"recall": True, "right kind": False}
    assert judge(urgent, Understood(Answer("rsa", RANKING))).measures == {"recall": False}
    assert judge(look_alike, Understood(Answer("aah", RANKING))).measures == {"false alarm": False}
    assert judge(look_alike, Understood(Unknown(()), DANGER)).measures == {"false alarm": True}
    assert [judge(urgent, Understood(Unknown(()), d)).failed for d in (DANGER, None)] == [False, True]
    assert [judge(look_alike, Understood(Unknown(()), d)).failed for d in (DANGER, None)] == [True, False]


_OUTCOMES = st.one_of(
    st.sampled_from(["rsa", "aah", "merci"]).map(Talk),
    st.sampled_from(["rsa", "aah"]).map(lambda topic: Answer(topic, RANKING)),
    st.just(Choices(("rsa", "aah"), RANKING)),
    st.sampled_from([Unknown(()), Unknown(RANKING)]),
)


@given(st.sampled_from(["rsa", "aah", "violences-conjugales", None]), _OUTCOMES, st.sampled_from([None, DANGER]))
def test_each_message_is_served_wrong_or_missed(
    topic: str | None, outcome: Decision | Talk, danger: Danger | None
) -> None:
    message = Labelled("", topic)
    judged = judge(message, Understood(outcome, danger))
    sorts = ("served", "wrong", "missed") if topic else ("caught", "offered", "wrong answer")
    assert sum(judged.measures[name] for name in sorts) == (0 if not topic and judged.decision == "danger"
                                                            and not judged.measures["wrong answer"] else 1)  # fmt: skip
    assert set(judged.bad_measures) == {n for n, holds in judged.measures.items() if holds != (n in HIGHER_IS_BETTER)}
    assert not judged.failed or judged.bad_measures


# --- all messages ---


def scored(score: float | None, right: bool) -> Outcome:
    return Outcome(ABOUT_RSA, "answer", ("rsa",), {}, score, right)


def test_calibration_error_weighs_each_bin_by_its_messages() -> None:
    report = Report([scored(0.95, True), scored(0.85, True), scored(0.85, False), scored(0.15, False)])
    assert [(one.low, one.high, one.was) for one in report.reliability()] == [
        (0.1, 0.2, Share(0, 1)),
        (0.8, 0.9, Share(1, 2)),
        (0.9, 1.0, Share(1, 1)),
    ]
    assert report.calibration_error == pytest.approx(0.25 * 0.15 + 0.5 * 0.35 + 0.25 * 0.05)


def test_scores_of_none_and_one_have_their_bins() -> None:
    report = Report([scored(0.0, False), scored(1.0, True), scored(None, True)])
    assert [one.was for one in report.reliability()] == [Share(0, 1), Share(1, 1)]
    assert report.calibration_error == 0.0
    assert Report([scored(None, True)]).calibration_error is None


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_calibration_error_is_a_share_and_loses_no_message(pairs: list[tuple[float, bool]]) -> None:
    report = Report([scored(*pair) for pair in pairs])
    assert 0.0 <= (report.calibration_error or 0.0) <= 1.0
    assert sum(one.was.total for one in report.reliability()) == len(pairs)
    assert all(one.low <= one.said <= one.high for one in report.reliability())


def test_score_is_that_of_the_first_topic_and_zero_when_nothing_was_found() -> None:
    assert judge(ABOUT_RSA, Understood(Unknown(RANKING))).score == 0.9
    assert judge(OUTSIDE, Understood(Unknown(()))).score == 0.0
    assert judge(OUTSIDE, Understood(Answer("rsa", RANKING))).first_right is False
    assert judge(ABOUT_RSA, Understood(Talk("merci"))).score is None


def test_groups_themes_and_confusions() -> None:
    merci = Labelled("merci", "merci", "clair")
    report = Report([
        judge(ABOUT_RSA, Understood(Answer("rsa", RANKING))),
        judge(ABOUT_RSA, Understood(Answer("aah", RANKING[1:]))),
        judge(OUTSIDE, Understood(Answer("aah", RANKING[1:]))),
        judge(merci, Understood(Talk("merci"))),
        judge(Labelled("", "urgence-vitale", urgent=True), Understood(Unknown(()), DANGER)),
        judge(Labelled("", None, urgent=False), Understood(Answer("rsa", RANKING))),
    ])  # fmt: skip
    groups = dict(report.groups())
    assert list(groups) == ["tous", "clair", "sms", "hors-sujet"]
    assert groups["tous"]["served"] == Share(2, 3)
    assert groups["sms"]["wrong"] == Share(1, 2)
    assert groups["hors-sujet"] == {"caught": Share(0, 1), "offered": Share(0, 1), "wrong answer": Share(1, 1)}
    themes = dict(report.themes({"rsa": "aides", "merci": "bavardage"}))
    assert {name: found["served"] for name, found in themes.items()} == {"aides": Share(1, 2), "bavardage": Share(1, 1)}
    assert sorted(report.confusions()) == [
        ("rsa", "aah", 1),
        ("urgence-vitale", "violences-conjugales", 1),
        ("—", "aah", 1),
    ]


# --- files ---

_LABELLED = st.builds(
    Labelled,
    text=st.text(),
    topic=st.none() | st.text(min_size=1),
    register=st.text(),
    also=st.lists(st.text()).map(tuple),
    urgent=st.none() | st.booleans(),
    kind=st.none() | st.text(),
)
_JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3))
_FILES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def row(message: Labelled) -> dict[str, Any]:
    return {
        "q": message.text, "id": message.topic, "register": message.register, "also": list(message.also),
        "urgent": message.urgent, "kind": message.kind, "comment": "ignored",
    }  # fmt: skip


@_FILES
@given(st.lists(_LABELLED), st.booleans(), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_what_was_written_is_read(tmp_path: Path, messages: list[Labelled], ascii_only: bool, end: str) -> None:
    path = tmp_path / "messages.jsonl"
    path.write_bytes("".join(json.dumps(row(m), ensure_ascii=ascii_only) + end for m in messages).encode())
    assert read_labelled(path) == messages


@_FILES
@given(st.binary())
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    _read_or_refused(tmp_path, content)


@_FILES
@given(st.dictionaries(st.sampled_from(["q", "id", "register", "also", "urgent", "kind"]), _JSON))
def test_any_object_is_read_or_refused(tmp_path: Path, content: dict[str, Any]) -> None:
    _read_or_refused(tmp_path, json.dumps(content).encode())


def _read_or_refused(folder: Path, content: bytes) -> None:
    path = folder / "messages.jsonl"
    path.write_bytes(content)
    refused = ""
    try:
        found = read_labelled(path)
    except LabelledFileError as error:
        found, refused = [], str(error)
    assert len(refused.splitlines()) <= 1
    assert all(isinstance(message.text, str) for message in found)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{", "ce n'est pas du JSON (colonne 2)"),
        ("[]", "il faut un objet"),
        ('{"q": "a"}', "il manque « id »"),
        ('{"id": null}', "il manque « q »"),
        ('{"q": 1, "id": null}', "« q » doit être un texte"),
        ('{"q": "\\ud83d", "id": null}', "demi-caractère"),
        ('{"q": "a", "id": 3}', "« id » doit être"),
        ('{"q": "a", "id": ""}', "« id » doit être"),
        ('{"q": "a", "id": null, "also": "rsa"}', "« also » doit être une liste"),
        ('{"q": "a", "id": null, "urgent": 1}', "« urgent » doit être true ou false"),
        ('{"q": "a", "id": null, "register": []}', "doivent être des textes"),
        pytest.param("[" * 200_000, "ce n'est pas", id="deep"),
    ],
)
def test_a_bad_line_is_named_in_french(line: str, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "messages.jsonl"
    path.write_text(f'{{"q": "a", "id": null}}\n\n{line}\n', encoding="utf-8")
    with pytest.raises(LabelledFileError) as caught:
        read_labelled(path)
    assert f"{path}:3: " in str(caught.value)
    assert expected in str(caught.value)


def test_byte_order_mark_and_line_separators_inside_a_message(tmp_path: Path) -> None:
    path = tmp_path / "messages.jsonl"
    path.write_text('\ufeff{"q": "a\u2028b\x85c", "id": null}', encoding="utf-8")
    assert [message.text for message in read_labelled(path)] == ["a\u2028b\x85c"]


# --- the command ---


@pytest.fixture(autouse=True)
def small_base(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_KNOWLEDGE", str(KNOWLEDGE))


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "messages.jsonl"
    rows = [
        {"q": "Comment demander le RSA ?", "id": "rsa", "register": "clair"},
        {"q": "Comment demander le RSA ?", "id": "microcredit", "register": "sms"},
        {"q": "comment adopter un hérisson", "id": None, "register": "clair", "kind": "hors-sujet"},
        {"q": "mon mari me frappe", "id": "violences-conjugales", "urgent": True, "register": "clair"},
        {"q": "ça me tue de rire", "id": None, "urgent": False, "register": "clair"},
    ]
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows), encoding="utf-8")
    return path


def test_tables_for_people(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(labelled), "--failures"]) == 0
    said, errors = capsys.readouterr()
    for expected in ("Messages qui ont un sujet", "Messages sans sujet", "Danger", "Fiabilité", "aides", "hors-sujet"):
        assert expected in said
    assert "50,0 [9,5–90,5]" in said
    assert "[sms] microcredit ← answer rsa (" in said
    assert errors == ""


def test_json_for_scripts(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(labelled), str(labelled), "--json", "--failures"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["messages"] == 10
    assert found["overall"]["served"] == {"value": 0.5, "low": 0.15, "high": 0.85, "n": 4}
    assert found["registers"]["sms"]["wrong"]["value"] == 1.0
    assert found["kinds"]["hors-sujet"]["caught"]["n"] == 2
    assert found["themes"]["aides"]["served"]["n"] == 4
    assert found["overall"]["recall"]["n"] == 2
    assert 0 <= found["calibration_error"] <= 1
    failed = found["failures"][0]
    assert (failed["id"], failed["decision"], failed["shown"]) == ("microcredit", "answer", ["rsa"])


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_an_empty_file_measures_nothing(content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_text(content)
    assert main(["evaluate", str(path), "--failures"]) == 0
    assert capsys.readouterr() == ("", "acces-droits : aucun message étiqueté à mesurer\n")
    assert main(["evaluate", str(path), "--json", "--failures"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["messages"], found["overall"], found["failures"]) == (0, {}, [])


def test_files_that_cannot_be_read_are_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    latin, bad = tmp_path / "latin.jsonl", tmp_path / "bad.jsonl"
    latin.write_bytes(b'{"q": "\xe9t\xe9", "id": null}')
    bad.write_text("bonjour\n")
    for path in (tmp_path / "absent.jsonl", tmp_path, latin, bad):
        assert main(["evaluate", str(path), "--json"]) == 2
        said, errors = capsys.readouterr()
        assert said == ""
        assert errors.startswith("acces-droits : ")
        assert str(path) in errors
        assert errors.count("\n") == 1


def test_a_topic_that_the_base_does_not_know_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "messages.jsonl"
    path.write_text('{"q": "merci", "id": "merci"}\n{"q": "le rsa", "id": "rssa", "also": ["rsa"]}\n')
    assert main(["evaluate", str(path), "--json"]) == 0
    assert capsys.readouterr().err == "acces-droits : sujets que la base ne connaît pas : rssa\n"


def test_failure_tells_what_was_decided() -> None:
    line = failure_line(judge(OUTSIDE, Understood(Choices(("rsa", "aah"), RANKING))))
    assert line == "[clair] hors-sujet ← choices rsa, aah (0,90) : un hérisson"
    line = failure_line(judge(ABOUT_RSA, Understood(Unknown(RANKING), DANGER)))
    assert line == "[sms] rsa ← danger violences-conjugales : le rsa"
    escapes = Labelled("où\tun\x1b[31m parapluie\n\u202eviolet", "rsa")
    assert (
        failure_line(judge(escapes, Understood(Unknown(()))))
        == "[—] rsa ← unknown (0,00) : où un [31m parapluie violet"
    )


@pytest.mark.slow
def test_telegram_is_never_imported(labelled: Path) -> None:
    code = (
        "import sys; from bot.__main__ import main; "
        f"code = main(['evaluate', {str(labelled)!r}]); "
        "sys.exit(code or ('telegram' in sys.modules) * 3)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
