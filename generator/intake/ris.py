"""RIS goes in, as databases and Zotero write it; items of CSL-JSON come out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from generator.intake.items import Item, date_of

_TYPES = {
    "ADVS": "motion_picture", "ANCIENT": "classic", "ART": "graphic", "BILL": "bill", "BLOG": "post-weblog",
    "BOOK": "book", "CASE": "legal_case", "CHAP": "chapter", "CHART": "figure", "CLSWK": "classic",
    "COMP": "software", "CONF": "book", "CPAPER": "paper-conference", "CTLG": "book", "DATA": "dataset",
    "DBASE": "dataset", "DICT": "entry-dictionary", "EBOOK": "book", "ECHAP": "chapter", "EDBOOK": "book",
    "EJOUR": "article-journal", "ELEC": "webpage", "ENCYC": "entry-encyclopedia", "FIGURE": "figure",
    "GEN": "document", "GOVDOC": "report", "HEAR": "hearing", "ICOMM": "personal_communication",
    "INPR": "article", "JFULL": "periodical", "JOUR": "article-journal", "LEGAL": "legislation",
    "MANSCPT": "manuscript", "MAP": "map", "MGZN": "article-magazine", "MPCT": "motion_picture",
    "MULTI": "webpage", "MUSIC": "musical_score", "NEWS": "article-newspaper", "PAMP": "pamphlet",
    "PAT": "patent", "PCOMM": "personal_communication", "RPRT": "report", "SER": "periodical",
    "SLIDE": "speech", "SOUND": "song", "STAND": "standard", "STAT": "legislation", "THES": "thesis",
    "UNPB": "manuscript", "VIDEO": "motion_picture",
}  # fmt: skip
_NAMES = {
    "AU": "author",
    "A1": "author",
    "A2": "editor",
    "ED": "editor",
    "A3": "collection-editor",
    "A4": "translator",
}
_TEXTS = {
    "TI": "title", "T1": "title", "CT": "title", "JO": "container-title", "JF": "container-title",
    "BT": "container-title", "JA": "container-title-short", "J2": "container-title-short",
    "T3": "collection-title", "VL": "volume", "IS": "issue", "DO": "DOI", "PB": "publisher",
    "CY": "publisher-place", "PP": "publisher-place", "ET": "edition", "LA": "language", "ST": "title-short",
    "CN": "call-number", "M3": "genre", "NV": "number-of-volumes", "SE": "section", "DB": "archive",
    "TT": "translated-title",
}  # fmt: skip
_PASSED_OVER = {
    "TY",
    "ID",
    "SP",
    "EP",
    "SN",
    "KW",
    "N1",
    "UR",
    "DA",
    "PY",
    "Y1",
    "Y2",
    "T2",
    "L1",
    "L2",
    "L3",
    "L4",
    "ER",
}
_PASSED_OVER |= {"AB", "N2", "DP", "AD", "AN", "LB", "C1", "C2", "C3"}
_WHOLE = {"book", "report", "thesis", "map", "periodical"}


class _EveryTag(dict[str, str]):
    """Tags by themselves: what no list of tags knows is kept, too."""

    def __missing__(self, tag: str) -> str:
        return str(tag)


class _AllLists(list[str]):
    """A list of tags that holds every tag: of one that is repeated nothing is lost."""

    def __contains__(self, tag: object) -> bool:
        return True


def read_ris(text: str) -> list[Item]:
    """Read every record; one that has no end ends where the next begins."""
    import rispy

    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").split("\n")
    starts = [number for number, line in enumerate(lines, 1) if re.match(r"TY  ?-", line)]
    chunks = zip(starts, [*(start - 1 for start in starts[1:]), len(lines)], strict=True)
    items: list[Item] = []
    for start, end in chunks:
        record = [re.sub(r"^([A-Z][A-Z0-9])  ?-(?: |$)", r"\1  - ", line) for line in lines[start - 1 : end]]
        ended = next((i for i, line in enumerate(record) if line.startswith("ER  -")), len(record))
        options = {"mapping": _EveryTag(), "list_tags": _AllLists(), "delimiter_tags_mapping": {}}
        [read] = rispy.loads("\n".join([*record[:ended], "ER  - "]), **options)
        tags = {tag: [value for value in _listed(values) if value] for tag, values in read.items()}
        item = Item({}, start)
        _fill(item, tags)
        items.append(item)
        if ended == len(record):
            item.remarks.append("its record has no end (ER): it is taken to end where the next begins")
    return items


def _listed(values: object) -> list[str]:
    return [str(value) for value in values] if isinstance(values, list) else [str(values)]


def _fill(item: Item, tags: Mapping[str, Sequence[str]]) -> None:
    kind = (tags.get("TY") or [""])[0].upper()
    item.csl["type"] = _TYPES.get(kind, "document")
    if kind not in _TYPES:
        item.remarks.append(f"“{kind}” is no type of RIS: taken for a document")
    item.put("id", re.sub(r"\s+", "-", (tags.get("ID") or [""])[0].strip()))
    for tag, role in _NAMES.items():
        names = [_name(value) for value in tags.get(tag, ())]
        item.csl.update({role: [*item.csl.get(role, ()), *names]} if names else {})
    for tag, variable in _TEXTS.items():
        item.put(variable, " ".join(tags.get(tag, ())))
    second = " ".join(tags.get("T2", ()))
    item.put("collection-title" if item.csl["type"] in _WHOLE else "container-title", second)
    item.put("page", "–".join(dict.fromkeys(part for tag in ("SP", "EP") for part in tags.get(tag, ())[:1])))
    for number in tags.get("SN", ()):
        item.put("ISBN" if len(re.sub(r"[^\dXx]", "", number)) in {10, 13} else "ISSN", number)
    item.put("keyword", "; ".join(tags.get("KW", ())))
    _addresses(item, tags.get("UR", ()))
    for variable, date_tags in (("issued", ("DA", "PY", "Y1")), ("accessed", ("Y2",))):
        dates = [value for tag in date_tags for value in tags.get(tag, ())[:1]]
        item.put(variable, date_of(_without_words(max(dates, key=_precision))) if dates else None)
    for text in tags.get("N1", ()):
        item.note(re.sub(r"<[^>]+>", " ", text))
    left = sorted(set(tags) - _PASSED_OVER - set(_TEXTS) - set(_NAMES))
    if left:
        item.remarks.append(f"left out, as CSL has no place for it: {', '.join(left)}")
    if tags.get("AB") or tags.get("N2"):
        item.remarks.append("its abstract is left out: it is somebody else’s text")


def _precision(date: str) -> int:
    """Count the parts of a date of RIS, which may be 1907/04//the spring flood."""
    return len([part for part in re.split(r"[/-]", date)[:3] if part.strip().isdecimal()])


def _without_words(date: str) -> str:
    """Leave out what stands behind the day: 1907/04/03/spring."""
    parts = re.split(r"[/-]", date)
    numbers = [part.strip() for part in parts[:3] if part.strip().isdecimal()]
    return "-".join(numbers) if parts[0].strip().isdecimal() and len(parts[0].strip()) == 4 else date


def _addresses(item: Item, values: Sequence[str]) -> None:
    addresses = [value for value in values if re.match(r"https?://\S+$", value)]
    item.put("URL", addresses[0] if addresses else "")
    if len(addresses) > 1:
        item.remarks.append(f"it has {len(addresses)} addresses: the first is kept")


def _name(text: str) -> dict[str, str]:
    """Read "Meer, Jan van der, Jr": a name without a comma is that of an institution."""
    family, comma, rest = text.partition(",")
    if not comma:
        return {"literal": text.strip()}
    given, _, suffix = rest.partition(",")
    parts = {"family": family.strip(), "given": given.strip(), "suffix": suffix.strip()}
    return {part: value for part, value in parts.items() if value}
