"""The translator's desk: what is recorded of translations, and what is said of one that does not follow."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.__main__ import main
from generator.language import Language
from generator.language.catalogs import load_languages
from generator.ledger.roles import Role
from generator.ledger.schema import Field, Table
from generator.loading import Inputs, load
from generator.pages import Site, make_site
from generator.pages.following import with_notes
from generator.translation.agreeing import Agreement, agree, texts_for
from generator.translation.cells import cells_of
from generator.translation.desk import Lag, Standing, passages_of, standings
from generator.translation.difference import difference
from generator.translation.passages import HEAD, cut
from generator.translation.record import (
    FILE,
    TEXTS,
    read_record,
    read_texts,
    written_record,
    written_texts,
)
from tests.conftest import HOME

DAY, LATER = "2027-05-12", "2027-06-01"


def page(one: str = "One.", two: str = "Two.", title: str = "A title") -> str:
    head = f"---\ntitle: {title}\ndescription: x\n---\nFirst lines.\n\n"
    return f"{head}## One {{#one}}\n\n{one}\n\n## Two {{#two}}\n\n{two}\n"


def lags(texts: Mapping[str, Mapping[str, str]], record: object) -> list[tuple[str, str, str, str]]:
    """Return what does not follow: the passage, its language, the one it follows, how."""
    found: list[Standing] = list(standings(passages_of(texts), record))  # type: ignore[arg-type]
    return [(one.name, one.language, one.follows, str(one.lag)) for one in found]


def agreed(texts: Mapping[str, Mapping[str, str]], **said: str) -> dict[object, object]:
    passages = passages_of(texts)
    return agree(passages, {}, Agreement(list(passages), DAY, **said))  # type: ignore[return-value]


def edit(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file} does not say {old} once"
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--root", str(root)], catch_exceptions=False)


def recorded(root: Path) -> Path:
    """Record that all languages of a documentary agree."""
    assert run(root, "translation", "--done", "all", "--on", DAY).exit_code == 0
    return root


def pages_of(root: Path, code: str) -> Site:
    inputs = load(root)
    assert isinstance(inputs, Inputs)
    [language] = load_languages([code])
    assert isinstance(language, Language)
    site = make_site(inputs, language, formatted=False)
    assert isinstance(site, Site), site
    return site


def said_on(root: Path, code: str, path: str = "index") -> list[str]:
    """Return the notes on a page, each with what stands before it, without tags."""
    [markdown] = [page.markdown for page in pages_of(root, code).pages if page.path == path]
    notes = re.findall(r'(?:^|(## .*)\n\n)(<p class="following".*?</p>)', markdown)
    plain = [(heading, re.sub("<.*?>", "", note)) for heading, note in notes]
    return [re.sub("[\u00a0\u202f]", " ", f"{heading} | {note}") for heading, note in plain]


# ---- Passages ----


def test_a_page_is_cut_into_its_head_and_its_sections() -> None:
    passages = cut(page())
    assert list(passages) == [HEAD, "one", "two"]
    assert passages[HEAD].text == "A title\n\nx\n\nFirst lines."
    assert passages["two"].text == "## Two \n\nTwo."
    assert [passage.line for passage in passages.values()] == [1, 7, 11]


def test_a_heading_in_a_block_of_code_begins_no_passage() -> None:
    assert list(cut(page(one="```\n## No {#no}\n```"))) == [HEAD, "one", "two"]


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("a b\nc", "a  b c", True),
        ("a\u00a0: b", "a : b", True),
        ("e\u0301", "é", True),
        ("a b", "a c", False),
        ("A b", "a b", False),
    ],
)
def test_other_spaces_and_line_ends_are_no_change_and_words_are(old: str, new: str, same: bool) -> None:
    assert (cut(page(one=old))["one"].digest == cut(page(one=new))["one"].digest) is same


def test_what_the_front_matter_says_to_programs_alone_is_no_text() -> None:
    numbers = page().replace("description: x\n", 'description: x\nnumbers:\n  "1907": the year\n')
    assert cut(numbers)[HEAD].digest == cut(page())[HEAD].digest
    assert cut(page(title="Another"))[HEAD].digest != cut(page())[HEAD].digest


# ---- What follows, and what does not ----


def test_either_language_may_lead() -> None:
    before = {"fr": {"may": page("Un.")}, "en": {"may": page("One.")}}
    record = agreed(before)
    assert lags(before, record) == []
    french = {**before, "fr": {"may": page("Une.")}}
    assert lags(french, record) == [("may#one", "en", "fr", Lag.BEHIND)]
    english = {**before, "en": {"may": page("A one.")}}
    assert lags(english, record) == [("may#one", "fr", "en", Lag.BEHIND)]


def test_where_both_have_changed_nobody_is_said_to_be_behind() -> None:
    record = agreed({"fr": {"may": page("Un.")}, "en": {"may": page("One.")}})
    both = {"fr": {"may": page("Une.")}, "en": {"may": page("A one.")}}
    assert lags(both, record) == [("may#one", "fr", "en", Lag.BOTH), ("may#one", "en", "fr", Lag.BOTH)]
    passages = passages_of(both)
    done = agree(passages, record, Agreement([("may", "one")], LATER))  # type: ignore[arg-type]
    assert lags(both, done) == []
    assert {followed.on for followed in done["may", "one"].values()} == {LATER}
    assert {followed.on for followed in done["may", "two"].values()} == {DAY}


def test_a_change_taken_back_asks_for_nothing() -> None:
    before = {"fr": {"may": page()}, "en": {"may": page()}}
    record = agreed(before)
    assert lags({**before, "fr": {"may": page("Un.")}}, record) != []
    assert lags(before, record) == []


def test_a_new_passage_is_said_to_be_in_no_record() -> None:
    record = agreed({"fr": {"may": page()}, "en": {"may": page()}})
    more = page() + "\n## Three {#three}\n\nThree.\n"
    assert lags({"fr": {"may": more}, "en": {"may": more}}, record) == [
        ("may#three", "fr", "en", Lag.NEW),
        ("may#three", "en", "fr", Lag.NEW),
    ]


def test_a_passage_in_one_language_only_follows_nothing() -> None:
    record = agreed({"fr": {"may": page()}, "en": {"may": page()}})
    more = page() + "\n## Three {#three}\n\nThree.\n"
    assert lags({"fr": {"may": more, "june": page()}, "en": {"may": page()}}, record) == []


@pytest.mark.parametrize("path", ["may", "june"], ids=["another id", "another page"])
def test_a_passage_that_moved_is_known_by_its_text(path: str) -> None:
    record = agreed({"fr": {"may": page("Un.")}, "en": {"may": page("One.")}})
    moved = {
        "fr": {path: page("Une.").replace("{#one}", "{#first}")},
        "en": {path: page("One.").replace("{#one}", "{#first}")},
    }
    assert lags(moved, record) == [(f"{path}#first", "en", "fr", Lag.BEHIND)]
    done = agree(passages_of(moved), record, Agreement([(path, "first")], LATER))  # type: ignore[arg-type]
    assert set(done) == {(path, ""), (path, "first"), (path, "two")}
    assert lags(moved, done) == []


# ---- Three languages ----


THREE = {"fr": {"may": page("Un.")}, "en": {"may": page("One.")}, "it": {"may": page("Uno.")}}


def test_of_three_languages_each_follows_by_itself() -> None:
    record = agreed(THREE)
    changed = {**THREE, "fr": {"may": page("Une.")}}
    assert [(code, other) for _, code, other, _ in lags(changed, record)] == [("en", "fr"), ("it", "fr")]
    followed = {**changed, "en": {"may": page("A one.")}}
    passages = passages_of(followed)
    done = agree(passages, record, Agreement([("may", "one")], LATER, "en"))  # type: ignore[arg-type]
    assert [(code, other) for _, code, other, _ in lags(followed, done)] == [("it", "fr"), ("it", "en")]


def test_a_language_may_be_translated_from_one_other_alone() -> None:
    passages = passages_of(THREE)
    record = agree(passages, agreed(THREE), Agreement(list(passages), DAY, "it", "en"))  # type: ignore[arg-type]
    french = {**THREE, "fr": {"may": page("Une.")}}
    assert [(code, other) for _, code, other, _ in lags(french, record)] == [("en", "fr")]
    italian = {**THREE, "it": {"may": page("Una.")}}
    assert lags(italian, record) == []
    english = {**THREE, "en": {"may": page("A one.")}}
    assert [(code, other) for _, code, other, _ in lags(english, record)] == [("fr", "en"), ("it", "en")]


def test_a_third_language_is_new_until_it_is_recorded_and_disturbs_nobody() -> None:
    record = agreed({"fr": THREE["fr"], "en": THREE["en"]})
    found = lags(THREE, record)
    assert {(code, lag) for _, code, _, lag in found} == {("it", Lag.NEW)}
    passages = passages_of(THREE)
    done = agree(passages, record, Agreement(list(passages), LATER, "it"))  # type: ignore[arg-type]
    assert lags(THREE, done) == []
    assert done["may", "one"]["fr", "en"].on == DAY


# ---- The files ----


def test_what_is_written_is_read_again() -> None:
    passages = passages_of(THREE)
    record = agree(passages, {}, Agreement(list(passages), DAY))
    texts = texts_for(record, passages, {})
    files = {FILE: written_record(record), TEXTS: written_texts(texts)}
    assert read_record(files) == (record, [])
    assert read_texts(files) == texts
    assert len(files[TEXTS].splitlines()) == len(texts) == 5  # the heads and the second sections are alike


def test_only_the_texts_that_something_follows_are_kept() -> None:
    passages = passages_of(THREE)
    record = agree(passages, {}, Agreement(list(passages), DAY))
    kept = texts_for(record, passages, {})
    changed = passages_of({**THREE, "fr": {"may": page("Une.")}})
    assert texts_for(record, changed, kept) == kept
    done = agree(changed, record, Agreement([("may", "one")], LATER))
    fewer = texts_for(done, changed, kept)
    assert cut(page("Un."))["one"].digest not in fewer
    assert cut(page("Une."))["one"].digest in fewer


def test_a_damaged_line_of_texts_is_as_if_it_were_not_there() -> None:
    good = written_texts({"0123456789abcdef": "words"})
    assert read_texts({TEXTS: b"<<<<<<< HEAD\nnonsense\n0000 !!!\n" + good}) == {"0123456789abcdef": "words"}


# ---- What has changed ----


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("It lasted two days.", "It lasted three days.", "It lasted [-two-] {+three+} days."),
        ("One two.", "One  two.", ""),
        ("It fell.", "It fell again.", "It [-fell.-] {+fell again.+}"),
        ('It rose {{ n("a", unit=True) }}.', 'It rose {{ n("b", unit=True) }}.',
         'It rose [-{{ n("a", unit=True) }}-] {+{{ n("b", unit=True) }}+}.'),
        ("a b c d e f g h i j k l m", "a b c d e f g h i j k l n", "… e f g h i j k l [-m-] {+n+}"),
    ],
)  # fmt: skip
def test_a_change_is_shown_word_by_word_with_what_stands_around_it(old: str, new: str, said: str) -> None:
    assert "".join(piece.marked + piece.gap for piece in difference(old, new)).strip() == said


# ---- The command ----


def test_the_command_lists_what_to_do_with_the_change_until_it_is_done(tiny: Path) -> None:
    assert "nothing is recorded yet" in run(tiny, "translation").output
    recorded(tiny)
    assert run(tiny, "translation").output == "every translation follows\n"
    edit(tiny, "docs/en/index.md", "The level rose to", "The water rose to")
    listed = run(tiny, "translation").output
    assert listed.startswith(
        f"docs/fr/index.md:12: index#what-is-counted: the English text has changed since {DAY}:\n"
        "    ## What is counted The [-level-] {+water+} rose to"
    )
    assert "translation --done 'index#what-is-counted'" in listed
    assert run(tiny, "translation", "ledger/events").output == "every translation follows\n"
    assert run(tiny, "translation", "--done", "index#what-is-counted").exit_code == 0
    assert run(tiny, "translation").output == "every translation follows\n"


def test_without_the_text_that_was_followed_the_new_one_is_shown_whole(tiny: Path) -> None:
    recorded(tiny)
    (tiny / TEXTS).unlink()
    edit(tiny, "docs/en/index.md", "The level rose to", "The water rose to")
    listed = run(tiny, "translation").output
    assert "the text it followed is not kept" in listed
    assert "The water rose to" in listed


def test_a_page_may_be_recorded_whole(tiny: Path) -> None:
    recorded(tiny)
    edit(tiny, "docs/en/index.md", "The level rose to", "The water rose to")
    edit(tiny, "docs/en/index.md", "It lasted", "The flood lasted")
    assert "2 passages" in run(tiny, "translation").output
    run(tiny, "translation", "--done", "index")
    assert run(tiny, "translation").output == "every translation follows\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--done", "index#what-is-conted"), 'did you mean "index#what-is-counted"?'),
        (("--done", "indx"), 'did you mean "index"?'),
        (("--done", "all", "--on", "May"), '"May" is no day: write YYYY-MM-DD'),
        (("--done", "all", "--language", "de"), 'there is no language "de": fr, en'),
        (("--done", "all", "--from", "en"), "which other language"),
        (("indx",), 'did you mean "index"?'),
    ],
)
def test_what_cannot_be_recorded_is_said_in_a_line_and_nothing_is_written(
    words: tuple[str, ...], said: str, tiny: Path
) -> None:
    done = run(tiny, "translation", *words)
    assert (done.exit_code, said in done.output) == (2, True), done.output
    assert not (tiny / FILE).exists()


# ---- The check ----


def test_a_check_says_what_does_not_follow_and_finds_no_problem(tiny: Path) -> None:
    recorded(tiny)
    edit(tiny, "docs/en/index.md", "The level rose to", "The water rose to")
    done = run(tiny, "check")
    assert done.exit_code == 0
    line = "docs/fr/index.md:12: notice: not-followed: the English text of index#what-is-counted has changed"
    assert line in done.output
    assert "no problem" in done.output
    annotated = run(tiny, "check", "--format", "github").output
    assert "::notice file=docs/fr/index.md,line=12,title=not-followed::" in annotated


def test_a_documentary_that_records_nothing_hears_nothing(tiny: Path) -> None:
    assert "notice" not in run(tiny, "check").output


def test_a_new_passage_is_one_notice(tiny: Path) -> None:
    recorded(tiny)
    for code in ("fr", "en"):
        with (tiny / "docs" / code / "index.md").open("a", encoding="utf-8") as file:
            file.write("\n## More {#more}\n\nWords.\n")
    assert run(tiny, "check").output.count("notice: not-followed: index#more is in no record") == 1
    assert said_on(tiny, "fr") == said_on(tiny, "en") == []


def test_strict_settings_make_it_a_problem(tiny: Path) -> None:
    recorded(tiny)
    edit(
        tiny, "data/documentary.toml", 'dated = "2020-02-29"', 'dated = "2020-02-29"\ntranslations = "strict"'
    )
    assert run(tiny, "check").exit_code == 0
    edit(tiny, "docs/en/index.md", "The level rose to", "The water rose to")
    done = run(tiny, "check")
    assert done.exit_code == 1
    line, hint, *_ = (line for line in done.output.splitlines() if "·" not in line)
    assert line.startswith("docs/fr/index.md:12: not-followed: the English text of index#what-is-counted has")
    assert hint.endswith('python -m generator translation --done "index#what-is-counted"')


# ---- The page ----


def test_the_page_says_in_the_language_of_its_reader_that_it_has_not_followed_and_only_then(
    tiny: Path,
) -> None:
    recorded(tiny)
    edit(tiny, "docs/en/index.md", "The level rose to", "The water rose to")
    assert said_on(tiny, "en") == []
    [said] = said_on(tiny, "fr")
    assert said.startswith(
        "## Ce que l’on compte {#what-is-counted} | Le texte anglais de ce passage a changé"
    )
    assert said.endswith("depuis le 12 mai 2027 ; cette traduction n’a pas encore suivi.")
    edit(tiny, "docs/fr/index.md", "Le niveau", "La hauteur")
    assert len(said_on(tiny, "fr")) == 1
    [said] = said_on(tiny, "en")
    assert said.startswith(
        "## What is counted {#what-is-counted} | This passage and its French text have both"
    )
    assert said.endswith("changed since 12 May 2027; nobody has compared them.")
    run(tiny, "translation", "--done", "index#what-is-counted")
    assert said_on(tiny, "fr") == said_on(tiny, "en") == []


def test_what_is_said_of_the_head_stands_before_the_first_lines() -> None:
    body = "First.\n\n## One {#one}\nUnder.\n\n```\n## Two {#two}\n```\n"
    noted = with_notes(body, {HEAD: "<p>h</p>", "one": "<p>1</p>", "two": "<p>2</p>"})
    assert noted == "<p>h</p>\n\nFirst.\n\n## One {#one}\n\n<p>1</p>\n\nUnder.\n\n```\n## Two {#two}\n```\n"


def test_a_note_leads_to_the_text_that_has_changed(tiny: Path) -> None:
    recorded(tiny)
    edit(tiny, "docs/fr/ledger/events.md", "title:", "title: Encore")
    [markdown] = [page.markdown for page in pages_of(tiny, "en").pages if page.path == "ledger/events"]
    assert '<a class="elsewhere" href="../../fr/ledger/events.html" hreflang="fr">French</a>' in markdown


# ---- This documentary ----


@pytest.mark.battle
def test_the_record_of_this_documentary_keeps_the_text_of_every_state() -> None:
    inputs = load(HOME)
    assert isinstance(inputs, Inputs)
    assert inputs.translations
    texts = read_texts(inputs.files)
    assert {followed.state for pairs in inputs.translations.values() for followed in pairs.values()} <= set(
        texts
    )


# ---- The rows of tables ----


def test_the_rows_of_tables_are_watched_once_somebody_has_recorded_them(tiny: Path) -> None:
    recorded(tiny)
    edit(tiny, "data/damages.csv", "surveyed house by house", "surveyed street by street")
    assert "notice" not in run(tiny, "check").output
    edit(tiny, "data/damages.csv", "surveyed street by street", "surveyed house by house")
    said = run(tiny, "translation", "--done", "data", "--on", DAY).output
    assert re.match(r"\d+ passages recorded in", said)
    assert "notice" not in run(tiny, "check").output
    before = read_record({FILE: (tiny / FILE).read_bytes()})[0]
    assert before is not None
    edit(tiny, "data/damages.csv", "surveyed house by house", "surveyed street by street")
    said = run(tiny, "check").output
    assert (
        "data/damages.csv:2: notice: not-followed: the English text of "
        f"data/damages.csv#d-flooded-survey has changed since {DAY}\n"
    ) in said
    assert said.count("notice") == 1
    shown = run(tiny, "translation", "data/damages.csv").output
    assert "data/damages.csv:2: data/damages.csv#d-flooded-survey: the English text has changed" in shown
    assert "surveyed [-house-] {+street+} by [-house-] {+street+}" in " ".join(shown.split())
    edit(tiny, "data/damages.csv", "relevé maison par maison", "relevé rue par rue")
    assert "and so has the French text" in run(tiny, "check").output
    run(tiny, "translation", "--done", "data/damages.csv#d-flooded-survey", "--on", LATER)
    assert "notice" not in run(tiny, "check").output
    after = read_record({FILE: (tiny / FILE).read_bytes()})[0]
    assert after is not None
    assert [key for key in before if before[key] != after[key]] == [("data/damages.csv", "d-flooded-survey")]


def test_a_number_or_a_source_of_a_row_is_no_text_of_it(tiny: Path) -> None:
    run(recorded(tiny), "translation", "--done", "data", "--on", DAY)
    edit(tiny, "data/damages.csv", ",surveyor-1908,p. 12,", ",surveyor-1908,p. 13,")
    assert "notice" not in run(tiny, "check").output


def test_what_rows_say_is_taken_from_columns_and_from_cells_of_several_languages() -> None:
    columns = ("id", "title_fr", "title_en", "reason", "note_en")
    fields = tuple(Field(name, "string", {}) for name in columns)
    raw = (
        "id,title_fr,title_en,reason,note_en\n"
        "a,Un,One,fr: parce que | en: because,\n"
        "b,,,,alone\n"
        "c,Un,One,plain,\n"
    )
    table = Table("things", "things.csv", Role.TOPICS, {}, fields)
    found = cells_of({"data/things.csv": raw.encode()}, [table], ["fr", "en"])
    texts = {key: {code: passage.text for code, passage in said.items()} for key, said in found.items()}
    assert texts == {
        ("data/things.csv", "a"): {"fr": "title: Un\nreason: parce que", "en": "title: One\nreason: because"},
        ("data/things.csv", "c"): {"fr": "title: Un", "en": "title: One"},
    }
