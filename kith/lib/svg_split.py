"""A whole and its parts as one bar, drawn on the server: widths are exact, names and amounts stand beside it as text."""

from collections.abc import Sequence

from markupsafe import Markup

from kith.lib.svg import WIDTH, BadChart, joined

GAP = 3.0


def split_bar(parts: Sequence[int], *, title: str, colors: Sequence[str], height: int = 26) -> Markup:
    """Draw parts side by side, each as wide as it is large; nothing for a whole of nothing. Colours are CSS of ours.

    Raises:
        BadChart: a part is negative, or there are not as many colours.

    """
    if len(parts) != len(colors) or any(part < 0 for part in parts):
        raise BadChart
    whole, left, rows = sum(parts), 0.0, []
    for part, color in zip(parts, colors, strict=True):
        width = WIDTH * part / whole if whole else 0.0
        if width:
            rows.append((left, max(width - GAP, 1.0), height, color))
        left += width
    bars = joined('<rect x="{:.2f}" y="0" width="{:.2f}" height="{}" fill="{}"/>', rows)
    return Markup('<svg class="split-bar" viewBox="0 0 {} {}" role="img" aria-label="{}" preserveAspectRatio="none">{}</svg>').format(
        WIDTH, height, title, bars
    ) if rows else Markup()  # fmt: skip
