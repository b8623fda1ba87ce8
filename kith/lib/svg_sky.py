"""A picture of many people gathering: bursts of sparks, drawn from a number, the same for the same number everywhere."""

import math
from random import Random

WIDTH, HEIGHT = 1200, 780
BURSTS = 11


def sky(seed: int) -> str:
    """Return an SVG for the head of a launch; its colours are the classes w0 to w4 of the page's style."""
    rng = Random(seed)  # noqa: S311 -- a picture, not a secret
    centres = [
        (rng.uniform(380, WIDTH - 40), rng.uniform(30, HEIGHT - 120), rng.uniform(34, 96)) for _ in range(BURSTS)
    ]
    parts = [_thread(rng, a, b) for a, b in zip(centres, centres[1:] + centres[:1], strict=True) for _ in range(5)]
    parts += [_burst(rng, x, y, size) for x, y, size in centres]
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMidYMid slice" aria-hidden="true">{"".join(parts)}</svg>'


def _thread(rng: Random, a: tuple[float, float, float], b: tuple[float, float, float]) -> str:
    bend = rng.uniform(-150, 150)
    x, y = (a[0] + b[0]) / 2 + bend, (a[1] + b[1]) / 2 - bend
    return f'<path class="thread" d="M{a[0]:.0f} {a[1]:.0f}Q{x:.0f} {y:.0f} {b[0]:.0f} {b[1]:.0f}"/>'


def _burst(rng: Random, x: float, y: float, size: float) -> str:
    tone = f"w{rng.choice((1, 2, 2, 3, 3, 4))}"
    rays, dots = [], []
    for _ in range(int(size)):
        turn, far = rng.uniform(0, 2 * math.pi), size * math.sqrt(rng.random())
        to_x, to_y = x + far * math.cos(turn), y + far * math.sin(turn)
        rays.append(f"M{x:.0f} {y:.0f}L{to_x:.0f} {to_y:.0f}")
        dots.append(f'<circle cx="{to_x:.0f}" cy="{to_y:.0f}" r="{rng.uniform(0.8, 2.4):.1f}"/>')
    return f'<g class="burst {tone}"><path d="{"".join(rays)}"/>{"".join(dots)}<circle cx="{x:.0f}" cy="{y:.0f}" r="5"/></g>'
