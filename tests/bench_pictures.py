"""Measures what a page with six photographs weighs on each screen, and how long one takes to be made ready.

Run as `python -m tests.bench_pictures`; `make bench` runs it. The photographs are made here, of noise that is
as rough as real ones are: large shapes and fine grain. Nothing is asserted.
"""

from __future__ import annotations

import io
import time
from collections.abc import Sequence

import numpy as np
from PIL import Image

from generator.media.encoding import Encoded, Renditions, encode

#: How many photographs stand on the page, and the size of each, in pixels.
NUMBER, SIZE = 6, (3000, 2000)
#: The screens: what each is, the width of a picture on it in pixels of style sheets, and the pixels of each.
SCREENS = (("telephone", 328, 1), ("telephone, fine", 328, 3), ("desk", 700, 1), ("desk, fine", 700, 2))


def photograph(seed: int) -> bytes:
    """Return a JPEG in which shapes of every size lie over each other, the smaller the fainter."""
    chance = np.random.default_rng(seed)
    width, height = SIZE
    whole = np.zeros((height, width, 3))
    for step in (1000, 400, 150, 60, 20, 6, 2):
        spots = chance.normal(0, step**0.6, (height // step + 2, width // step + 2, 3)).astype("float32")
        layers = [
            Image.fromarray(spots[:, :, band]).resize(SIZE, Image.Resampling.BICUBIC) for band in range(3)
        ]
        whole += np.stack([np.asarray(layer) for layer in layers], axis=2)
    whole = 128 + whole * 55 / whole.std()
    out = io.BytesIO()
    Image.fromarray(whole.clip(0, 255).astype("uint8")).save(out, "JPEG", quality=92)
    return out.getvalue()


def chosen(made: Renditions, needed: int) -> Encoded:
    """Return the rendition that a browser takes for a picture that is *needed* pixels wide."""
    return next((one for one in made.avif if one.width >= needed), made.avif[-1])


def weights(pictures: Sequence[Renditions]) -> str:
    """Return a line for each screen: what the photographs of the page weigh on it."""
    lines = [f"{'six photographs, kB':<24}{'AVIF':>8}{'file':>8}"]
    for name, wide, scale in SCREENS:
        taken = [chosen(made, wide * scale) for made in pictures]
        lines.append(f"{name:<24}{sum(len(one.raw) for one in taken) / 1000:>8.0f}{taken[0].width:>8}")
    plain = sum(len(made.plain.raw) for made in pictures) / 1000
    return "\n".join([*lines, f"{'JPEG, old browsers':<24}{plain:>8.0f}{pictures[0].plain.width:>8}"])


def main() -> None:
    """Print the weights and the time."""
    raws = [photograph(seed) for seed in range(NUMBER)]
    started = time.perf_counter()
    made = [encode(raw) for raw in raws]
    each = (time.perf_counter() - started) / NUMBER
    print(weights(made))
    whole = sum(len(raw) for raw in raws) / 1000
    print(f"as they were: {whole:.0f} kB; {each:.1f} s to make one ready")


if __name__ == "__main__":
    main()
