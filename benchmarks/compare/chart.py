# SPDX-License-Identifier: MIT
"""Time against rows as an SVG: a panel for each method, both axes logarithmic."""

import math

Curves = dict[str, dict[str, list[tuple[int, float]]]]  # by method and contestant: (rows, seconds)

COLORS = ("#0072B2", "#D55E00")  # of Okabe and Ito, which the color-blind can tell apart too
WIDTH, HEIGHT, GAP_X, GAP_Y = 215, 190, 24, 52  # of a panel, and between panels
LEFT, TOP, BOTTOM, ACROSS = 74, 70, 56, 4


class Scale:
    """From a value to its place, logarithmic."""

    def __init__(self, values: list[float], start: float, length: float):
        self._low, self._high = math.log10(min(values)) - 0.1, math.log10(max(values)) + 0.1
        self._start, self._length = start, length

    def powers_of_ten(self) -> list[float]:
        return [10.0**power for power in range(math.ceil(self._low), math.floor(self._high) + 1)]

    def __call__(self, value: float) -> float:
        return self._start + self._length * (math.log10(value) - self._low) / (self._high - self._low)


def growth(curves: Curves) -> str:
    points = [point for panel in curves.values() for line in panel.values() for point in line]
    sizes = sorted({rows for rows, _ in points})
    x = Scale(sizes, 0, WIDTH)
    y = Scale([seconds for _, seconds in points], HEIGHT, -HEIGHT)
    lines = math.ceil(len(curves) / ACROSS)
    width = LEFT + max(2, min(len(curves), ACROSS)) * (WIDTH + GAP_X)  # two have room for the legend
    height = TOP + lines * (HEIGHT + GAP_Y) - GAP_Y + BOTTOM
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
        *_legend(next(iter(curves.values()))),
        _text(18, TOP + (height - TOP - BOTTOM) / 2, "seconds", "middle", 14, upright=True),
        _text(LEFT + (width - LEFT) / 2, height - 12, "rows", "middle", 14),
    ]
    for number, (method, panel) in enumerate(curves.items()):
        left, top = LEFT + number % ACROSS * (WIDTH + GAP_X), TOP + number // ACROSS * (HEIGHT + GAP_Y)
        parts.append(f'<g transform="translate({left} {top})">')
        parts += _axes(method, x, sizes[::2], y, first=number % ACROSS == 0)
        for color, line in zip(COLORS, panel.values()):
            parts += _line([(x(rows), y(seconds)) for rows, seconds in line], color)
        parts.append("</g>")
    return "\n".join(parts + ["</svg>"]) + "\n"


def _legend(panel: dict[str, list]) -> list[str]:
    parts = []
    for number, (color, name) in enumerate(zip(COLORS, panel)):
        at = LEFT + number * 130
        parts += _line([(at, 26), (at + 28, 26)], color) + [_text(at + 36, 31, name, "start", 14)]
    return parts


def _axes(title: str, x: Scale, sizes: list[int], y: Scale, first: bool) -> list[str]:
    parts = [_text(WIDTH / 2, -8, title, "middle", 14)]
    for tick in sizes:
        parts.append(f'<path d="M{x(tick):.1f} 0V{HEIGHT}" stroke="#dddddd"/>')
        parts.append(_text(x(tick), HEIGHT + 18, f"{tick:,}", "middle", 12))
    for tick in y.powers_of_ten():
        parts.append(f'<path d="M0 {y(tick):.1f}H{WIDTH}" stroke="#dddddd"/>')
        if first:
            parts.append(_text(-8, y(tick) + 4, f"{tick:g}", "end", 12))
    return parts + [f'<path d="M0 0V{HEIGHT}H{WIDTH}" fill="none" stroke="black"/>']


def _line(points: list[tuple[float, float]], color: str) -> list[str]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{color}"/>' for x, y in points]
    return [f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>', *dots]


def _text(x: float, y: float, words: str, anchor: str, size: int, upright: bool = False) -> str:
    turn = f' transform="rotate(-90 {x:.1f} {y:.1f})"' if upright else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"{turn}>{words}</text>'
