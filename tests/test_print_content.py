"""The content of printed pages: letters that Typst sets one by one are set as lines, where they stood."""

from __future__ import annotations

import re

import pikepdf
import pytest

from generator.print.content import Widths, pack_content, set_in_lines, shortened, widths_of

#: Letters of a font, the second wider than the others.
FONT = Widths({1: 500.0, 2: 800.0}, 600.0)
INK = b"/c0 cs 0.1 0.2 0.3 scn"


def letter(sign: bytes, left: float, *, up: float = 700, ink: bytes = INK, font: bytes = b"/f0") -> bytes:
    """Return one letter as Typst sets those of a drawing: half as large as it says, 10 units high."""
    return (
        b"q 0.5 0 0 -0.5 %b %b cm%b\nBT 0 Tr%b 10 Tf 1 0 0 -1 0 0 Tm(%b)Tj\nET\nQ\n"
        % (str(left).encode(), str(up).encode(), ink, font, sign)
    )  # fmt: skip


def drawn(content: bytes) -> list[tuple[bytes, float]]:
    """Return each letter of a content, and where it stands."""
    found = []
    line_of_text = rb"q 0\.5 0 0 -0\.5 (\S+) \S+ cm.*?Tm(?:\[(.*?)\]TJ|(\(.*?\))Tj)\nET"
    for line in re.finditer(line_of_text, content, re.DOTALL):
        pen = float(line[1])
        for text, back in re.findall(rb"\(((?:[^\\()]|\\.)*)\)|(-?\d+)", line[2] or line[3], re.DOTALL):
            pen -= float(back or 0) / 1000 * 10 * 0.5
            plain = re.sub(rb"\\(\d{3})", lambda sign: bytes([int(sign[1], 8)]), text)
            for at in range(0, len(plain), 2):
                found.append((plain[at : at + 2], pen))
                pen += FONT.of(plain[at : at + 2]) / 1000 * 10 * 0.5
    return found


def test_letters_side_by_side_become_one_line_and_stay_where_they_stood() -> None:
    row = letter(b"\\000\\001", 10) + letter(b"\\000\\002", 12.5) + letter(b"\\000\\003", 16.9)

    set_so = set_in_lines(row, {b"/f0": FONT})

    assert set_so.count(b"BT") == 1, "one line of text"
    assert b"(\x00\x01\x00\x02)" in set_so, "letters that follow each other need no step"
    for (sign, left), (same, stood) in zip(drawn(set_so), drawn(row), strict=True):
        assert sign == same
        assert left == pytest.approx(stood, abs=0.006), "within a thousandth of the size"


def test_what_is_lost_by_rounding_does_not_add_up() -> None:
    row = b"".join(letter(b"\\000\\001", round(10 + number * 2.5037, 5)) for number in range(200))

    assert [left for _, left in drawn(set_in_lines(row, {b"/f0": FONT}))] == pytest.approx(
        [left for _, left in drawn(row)], abs=0.008
    )


@pytest.mark.parametrize(
    "other",
    [
        letter(b"\\000\\002", 12.5, up=690),
        letter(b"\\000\\002", 12.5, ink=b"/c0 cs 1 0 0 scn"),
        letter(b"\\000\\002", 12.5, font=b"/f1"),
        b"EMC/Span<</MCID 1>>BDC\n" + letter(b"\\000\\002", 12.5),
    ],
    ids=["another line", "another colour", "another font", "another part of the text"],
)
def test_letters_that_differ_in_more_than_their_place_are_left_apart(other: bytes) -> None:
    content = letter(b"\\000\\001", 10) + other

    assert set_in_lines(content, {b"/f0": FONT, b"/f1": FONT}) == content


def test_places_are_said_to_a_hundredth_of_a_point_and_sizes_as_they_are() -> None:
    said = b"q 0.5967674 0 0 -0.5967675 180.85934 498.00001 cm/c0 cs 0.12156863 1 0.1882353 scn\n12.3456 5 l"

    assert (
        shortened(said) == b"q 0.5967674 0 0 -0.5967675 180.86 498 cm/c0 cs 0.1216 1 0.1882 scn\n12.3456 5 l"
    )
    assert shortened(b"[(a)-45.74585(b)3(c)]TJ") == b"[(a)-45.75(b)3(c)]TJ"


def test_a_page_is_packed_and_reads_the_same() -> None:
    place, texts = b"1 0 0 -1 70 700 cm/c0 cs 0 0 0 scn", b"(\\000\\050)3(\\000\\134\\000\\015)"
    said = b"q %b\nBT 0 Tr/f0 10 Tf 1 0 0 -1 0 0 Tm[%b]TJ\nET\nQ\n" % (place, texts)
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.obj.Contents = pdf.make_stream(said * 3)
        pack_content(page, {})
        written = page.obj.Contents.read_bytes()
        operands = [
            part.operands for part in pikepdf.parse_content_stream(page) if str(part.operator) == "TJ"
        ]

    assert len(written) < len(said) * 3, "signs stand as they are, not as numbers"
    assert len(operands) == 3
    assert [bytes(text) for text in list(operands[0][0])[::2]] == [b"\x00(", b"\x00\\\x00\r"]


def test_widths_are_read_one_by_one_and_by_ranges() -> None:
    with pikepdf.new() as pdf:
        face = pikepdf.Dictionary(W=[3, [250, 300.5], 7, 9, 500], DW=600)
        font = pdf.make_indirect(pikepdf.Dictionary(DescendantFonts=[pdf.make_indirect(face)]))
        widths = widths_of(font)

    assert [widths.of(number.to_bytes(2)) for number in (3, 4, 5, 7, 9)] == [250, 300.5, 600, 500, 500]
