"""What every document says of the documentary goes in; how it begins and what is said last come out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.language import Language
from generator.print.typst import escaped, quoted


@dataclass(frozen=True, slots=True)
class DocumentDetails:
    """What every document says of the documentary. `sources` is the path of the page of sources."""

    title: str
    about: str
    author: str
    day: tuple[int, int, int]
    dated: str
    licence: str
    address: str
    sources: str
    home: str
    language: Language


def frame(about: DocumentDetails, title: str, description: str) -> str:
    """Write what a document begins with: the template, its metadata, and the template's own words."""
    language, (year, month, day) = about.language, about.day
    locale = language.locale
    region = quoted(locale.territory) if locale.territory else "none"
    return (
        f'#import "/{language.code}/template/main.typ": *\n'
        f"#show: document-of.with(title: {quoted(title)}, author: {quoted(about.author)}, "
        f"description: {quoted(description)}, language: {quoted(locale.language)}, region: {region}, "
        f"date: datetime(year: {year}, month: {month}, day: {day}))"
    )


def words(language: Language) -> str:
    """Write the words of the interface that the template says."""
    say = language.say
    said = {"figure": say("Fig."), "table": say("Table"), "page": say("p.")}
    return f"#let words = ({', '.join(f'{name}: {quoted(word)}' for name, word in said.items())})\n"


def attach(files: Iterable[str], document: str, about: DocumentDetails) -> str:
    """Write what attaches the rows that a document rests on."""
    description = about.language.say("The rows of the ledger on which this document rests.")
    folder = f"/{about.language.code}/attached/{document}"
    return "\n".join(
        f"#pdf.attach({quoted(f'/{name}')}, read({quoted(f'{folder}/{name}')}, encoding: none), "
        f'relationship: "data", mime-type: "text/csv", description: {quoted(description)})'
        for name in files
    )


def lines(about: DocumentDetails, title: str, path: str, files: Iterable[str]) -> str:
    """Write the lines of a colophon: the data's date, the licence, the address, how to cite."""
    say, code = about.language.say, about.language.code
    address = f"{about.address}{code}/{path}.html" if path else f"{about.address}{code}/{about.home}"
    dated, permanent = say("Data of {date}.", date=about.dated), escaped(say("Permanent address:"))
    said = [escaped(f"{dated} {about.licence}")]
    if about.address:
        said.append(f"{permanent} #link({quoted(address)})")
    cited = say("“{chapter}”, in {title}", chapter=title, title=about.title) if title else about.title
    citation = say("{author}, {work}, data of {date}", author=about.author, work=cited, date=about.dated)
    where, how = f", #link({quoted(address)})" if about.address else "", escaped(say("To cite:"))
    said.append(f"{how} {escaped(citation)}{where}\\.")
    if names := ", ".join(files):
        rows = say("Attached as CSV, the rows of the ledger on which this rests: {names}.", names=names)
        said.append(escaped(rows))
    return "(" + "".join(f"[{line}], " for line in said) + ")"


def title_page(about: DocumentDetails, picture: str) -> str:
    """Write the title page of the book; *picture* is the file of a drawing, "" for none."""
    words = {"about": about.about, "author": about.author, "date": about.dated}
    said = ", ".join(f"{name}: [{escaped(word)}]" for name, word in words.items())
    said += f", picture: {quoted(picture)}" if picture else ""
    return f"#title-page([{escaped(about.title)}], {said})"
