"""The file of a PDF: objects in large streams, fonts without hints, and each object and letter as it was."""

from __future__ import annotations

import io

import pikepdf
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from generator.drawing import PROGRAMS
from generator.drawing.fonts import FACES
from generator.print.faces import drop_hints, without_hints
from generator.print.pack import packed, saved


def many(words: int) -> pikepdf.Pdf:
    """Return a PDF with links, elements of tags and a stream; it has more objects than one stream holds."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(300, 400))
    page.obj.Contents = pdf.make_stream(b"q 1 0 0 1 0 0 cm Q\nendstream\nendobj\n" * 9)
    page.obj.Annots = pikepdf.Array(
        pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Contents=f"p. {number} (é\\)", StructParent=number)
        )
        for number in range(words)
    )
    root = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    root.K = pikepdf.Array(
        pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.P, P=root, K=number)
        )
        for number in range(words)
    )
    pdf.Root.StructTreeRoot = root
    return pdf


@pytest.mark.parametrize("words", [1, 2500])
def test_a_packed_file_has_every_object_it_had_under_the_same_number(words: int) -> None:
    with many(words) as pdf:
        plain, file = io.BytesIO(), packed(pdf)
        assert file == packed(pdf)
        assert len(file) <= len(saved(pdf)) + 200
        pdf.save(plain, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
    with pikepdf.open(plain) as before, pikepdf.open(io.BytesIO(file)) as after:
        assert after.check_pdf_syntax() == []
        assert after.trailer.ID == before.trailer.ID
        numbers = range(1, len(before.objects) + 1)
        for one, other in ((before.get_object(at, 0), after.get_object(at, 0)) for at in numbers):
            if isinstance(one, pikepdf.Stream):
                assert other.read_raw_bytes() == one.read_raw_bytes()
            else:
                assert other.unparse(resolved=True) == one.unparse(resolved=True)


def test_another_reader_finds_what_lies_in_the_second_stream() -> None:
    with many(2500) as pdf:
        read = PdfReader(io.BytesIO(packed(pdf)), strict=True)
    said = [note.get_object()["/Contents"] for note in read.pages[0]["/Annots"]]  # type: ignore[attr-defined]
    assert said == [f"p. {number} (é\\)" for number in range(2500)]
    elements = read.trailer["/Root"]["/StructTreeRoot"]["/K"]  # type: ignore[index]
    assert [one.get_object()["/K"] for one in elements] == list(range(2500))


@pytest.mark.node
def test_a_font_without_hints_has_every_letter_under_its_number_in_its_shape_and_width() -> None:
    raw = FACES[0].path(PROGRAMS / "node_modules").read_bytes()
    with pikepdf.new() as pdf:
        pdf.Root.Face = pikepdf.Dictionary(FontFile2=pdf.make_stream(raw, Length1=len(raw)))
        pdf.Root.Face = pdf.make_indirect(pdf.Root.Face)
        drop_hints(pdf)
        light = pdf.Root.Face.FontFile2.read_bytes()
        assert int(pdf.Root.Face.FontFile2.Length1) == len(light)
    assert light == without_hints(raw)
    assert len(light) < 0.8 * len(raw)
    with TTFont(io.BytesIO(raw)) as whole, TTFont(io.BytesIO(light)) as bare:
        assert not {"fpgm", "prep", "cvt "} & set(bare.keys())
        assert bare["maxp"].numGlyphs == whole["maxp"].numGlyphs
        for number in range(0, whole["maxp"].numGlyphs, 7):
            shapes = []
            for font in (whole, bare):
                name, pen = font.getGlyphName(number), DecomposingRecordingPen(font.getGlyphSet())
                font.getGlyphSet()[name].draw(pen)
                shapes.append((pen.value, font["hmtx"][name][0]))
            assert shapes[0] == shapes[1]
