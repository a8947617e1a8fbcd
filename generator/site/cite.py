"""A page's title, authors and date go in; how to cite it comes out, in words and for reference managers."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass

from generator.language import Language
from generator.ledger import edtf
from generator.prose.links import relative

#: Endings and names of what reference managers read.
FORMATS = (("bib", "BibTeX"), ("ris", "RIS"), ("json", "CSL-JSON"))


@dataclass(frozen=True, slots=True)
class Citation:
    """What identifies a page to a reader elsewhere; *url* is "" where the site has no address."""

    key: str
    title: str
    site: str
    authors: str
    dated: str
    code: str
    url: str


def cite_block(citation: Citation, path: str, language: Language) -> str:
    """Return the foot of an article: the citation in words, and the files."""
    sentence = language.say(
        "{authors}, “{title}”, {site}, data of {date}.",
        authors=citation.authors,
        title=citation.title,
        site=citation.site,
        date=language.date(edtf.parse(citation.dated)),
    )
    if citation.url:
        sentence += f" {citation.url}"
    missing = "" if citation.url else language.say("If you read it online, add the address of this page.")
    said = "".join(f"<p>{html.escape(text)}</p>" for text in (sentence, missing) if text)
    stem = relative(path, f"cite/{path.removesuffix('.html')}")
    links = " ".join(f'<a href="{stem}.{ending}" download>{name}</a>' for ending, name in FORMATS)
    title = html.escape(language.say("Cite this page"))
    return (
        f'<details class="cite" id="cite" data-find="no" data-print="no"><summary>{title}</summary>'
        f"{said}<p>{links}</p></details>"
    )


def cite_files(citation: Citation, path: str) -> dict[str, bytes]:
    """Return the citation of the page at *path* in every format, by path."""
    stem = f"cite/{path.removesuffix('.html')}"
    made = (bibtex(citation), ris(citation), csl_json(citation))
    return {f"{stem}.{ending}": text.encode() for (ending, _), text in zip(FORMATS, made, strict=True)}


def bibtex(citation: Citation) -> str:
    """Return the citation as BibTeX; braces keep the capitals and the name of a group."""
    year, month, _ = citation.dated.split("-")
    fields = {
        "author": f"{{{_braced(citation.authors)}}}",
        "title": f"{{{_braced(citation.title)}}}",
        "howpublished": _braced(citation.site),
        "year": year,
        "month": str(int(month)),
        "language": citation.code,
        "url": citation.url,
    }
    lines = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items() if text)
    return f"@misc{{{citation.key},\n{lines}}}\n"


def _braced(text: str) -> str:
    """Keep a text from ending its field or beginning a command."""
    for sign in "\\{}":
        text = text.replace(sign, "")
    for sign in "&%$#_":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def ris(citation: Citation) -> str:
    """Return the citation as RIS, whose lines end as its makers ask."""
    rows = [
        ("TY", "ELEC"),
        ("AU", citation.authors),
        ("TI", citation.title),
        ("T2", citation.site),
        ("PY", citation.dated[:4]),
        ("DA", citation.dated.replace("-", "/")),
        ("LA", citation.code),
        ("UR", citation.url),
        ("ER", ""),
    ]
    kept = [(tag, " ".join(text.split())) for tag, text in rows if text or tag == "ER"]
    return "".join(f"{tag}  - {text}\r\n" for tag, text in kept)


def csl_json(citation: Citation) -> str:
    """Return the citation as CSL-JSON, which Zotero reads."""
    item: dict[str, object] = {
        "id": citation.key,
        "type": "webpage",
        "title": citation.title,
        "container-title": citation.site,
        "author": [{"literal": citation.authors}],
        "issued": {"date-parts": [[int(part) for part in citation.dated.split("-")]]},
        "language": citation.code,
    }
    if citation.url:
        item["URL"] = citation.url
    return json.dumps([item], ensure_ascii=False, indent=1) + "\n"
