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


def frame(details: DocumentDetails, title: str, description: str) -> str:
    """Write what a document begins with: the template, its metadata, and the template's own words."""
    language, (year, month, day) = details.language, details.day
    locale = language.locale
    region = quoted(locale.territory) if locale.territory else "none"
    return (
        f'#import "/{language.code}/template/main.typ": *\n'
        f"#show: document-of.with(title: {quoted(title)}, author: {quoted(details.author)}, "
        f"description: {quoted(description)}, language: {quoted(locale.language)}, region: {region}, "
        f"date: datetime(year: {year}, month: {month}, day: {day}))"
    )


def words(language: Language) -> str:
    """Write the words of the interface that the template says."""
    say = language.say
    labels = {"figure": say("Fig."), "table": say("Table"), "page": say("p.")}
    return f"#let words = ({', '.join(f'{name}: {quoted(word)}' for name, word in labels.items())})\n"


def attach(files: Iterable[str], document: str, details: DocumentDetails) -> str:
    """Write what attaches the rows that a document rests on."""
    description = details.language.say("The rows of the ledger on which this document rests.")
    folder = f"/{details.language.code}/attached/{document}"
    return "\n".join(
        f"#pdf.attach({quoted(f'/{name}')}, read({quoted(f'{folder}/{name}')}, encoding: none), "
        f'relationship: "data", mime-type: "text/csv", description: {quoted(description)})'
        for name in files
    )


def lines(details: DocumentDetails, title: str, path: str, files: Iterable[str]) -> str:
    """Write the lines of a colophon: the data's date, the licence, the address, how to cite."""
    say, code = details.language.say, details.language.code
    address = f"{details.address}{code}/{path}.html" if path else f"{details.address}{code}/{details.home}"
    dated, permanent = say("Data of {date}.", date=details.dated), escaped(say("Permanent address:"))
    imprint = [escaped(f"{dated} {details.licence}")]
    if details.address:
        imprint.append(f"{permanent} #link({quoted(address)})")
    cited = say("“{chapter}”, in {title}", chapter=title, title=details.title) if title else details.title
    citation = say("{author}, {work}, data of {date}", author=details.author, work=cited, date=details.dated)
    where, how = f", #link({quoted(address)})" if details.address else "", escaped(say("To cite:"))
    imprint.append(f"{how} {escaped(citation)}{where}\\.")
    if names := ", ".join(files):
        rows = say("Attached as CSV, the rows of the ledger on which this rests: {names}.", names=names)
        imprint.append(escaped(rows))
    return "(" + "".join(f"[{line}], " for line in imprint) + ")"


def title_page(details: DocumentDetails, picture: str) -> str:
    """Write the title page of the book; *picture* is the file of a drawing, "" for none."""
    words = {"about": details.about, "author": details.author, "date": details.dated}
    arguments = ", ".join(f"{name}: [{escaped(word)}]" for name, word in words.items())
    arguments += f", picture: {quoted(picture)}" if picture else ""
    return f"#title-page([{escaped(details.title)}], {arguments})"
