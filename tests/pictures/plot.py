"""A plot over time as SVG, readable on white and on black. Pixels; y grows downwards, as in SVG."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 820, 320
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 46, 48
GREY, RED = "#808080", "#d9534f"

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A named line through points of (x, y), in the axes' units."""

    name: str
    colour: str
    points: Sequence[Point]
    dashed: bool = False
    steps: bool = False
    """Whether each value holds until the next point."""


@dataclass(frozen=True, slots=True)
class Axis:
    """From 0 to `end`, with a number at every `tick`."""

    name: str
    end: float
    tick: float

    def ticks(self) -> list[float]:
        return [self.tick * number for number in range(int(self.end / self.tick) + 1)]


@dataclass(frozen=True, slots=True)
class Plot:
    """Lines over an axis of time, with spans of it shaded."""

    title: str
    x: Axis
    y: Axis
    lines: Sequence[Line]
    shaded: Sequence[Point] = ()
    shaded_name: str = ""

    def svg(self) -> str:
        """The picture."""
        return "\n".join([*self._frame(), *self._spans(), *self._grid(), *self._curves(), *self._legend(), "</svg>\n"])

    def _frame(self) -> Iterator[str]:
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
            f' font-family="sans-serif" font-size="12" role="img">'
        )
        yield f"<title>{escape(self.title)}</title>"

    def _at(self, x: float, y: float) -> str:
        across = LEFT + min(x / self.x.end, 1) * (WIDTH - LEFT - RIGHT)
        down = HEIGHT - BOTTOM - min(y / self.y.end, 1) * (HEIGHT - TOP - BOTTOM)
        return f"{across:.1f},{down:.1f}"

    def _spans(self) -> Iterator[str]:
        for begin, end in self.shaded:
            (left, top), (right, bottom) = (self._at(begin, self.y.end).split(","), self._at(end, 0).split(","))
            size = f'width="{max(1.0, float(right) - float(left)):.1f}" height="{float(bottom) - float(top):.1f}"'
            yield f'<rect x="{left}" y="{top}" {size} fill="{RED}" opacity="0.35"/>'

    def _grid(self) -> Iterator[str]:
        for x in self.x.ticks():
            across, down = self._at(x, 0).split(",")
            yield f'<text x="{across}" y="{float(down) + 16:.1f}" text-anchor="middle" fill="{GREY}">{x:g}</text>'
        for y in self.y.ticks():
            across, down = self._at(0, y).split(",")
            yield f'<path d="M{across},{down} H{WIDTH - RIGHT}" stroke="{GREY}" stroke-opacity="0.3"/>'
            yield (
                f'<text x="{float(across) - 8:.1f}" y="{float(down) + 4:.1f}" text-anchor="end" fill="{GREY}">'
                f"{y:,g}</text>"
            )
        middle = (LEFT + WIDTH - RIGHT) / 2
        yield f'<text x="{middle:g}" y="{HEIGHT - 10}" text-anchor="middle" fill="{GREY}">{escape(self.x.name)}</text>'
        yield f'<text x="{LEFT}" y="{TOP - 10}" fill="{GREY}">{escape(self.y.name)}</text>'

    def _curves(self) -> Iterator[str]:
        for line in self.lines:
            dash = ' stroke-dasharray="6 4"' if line.dashed else ""
            points = " ".join(self._at(*point) for point in (_stairs(line.points) if line.steps else line.points))
            yield f'<polyline fill="none" stroke="{line.colour}" stroke-width="1.8"{dash} points="{points}"/>'

    def _legend(self) -> Iterator[str]:
        across = LEFT
        for line in self.lines:
            dash = ' stroke-dasharray="6 4"' if line.dashed else ""
            yield f'<path d="M{across},14 h24" stroke="{line.colour}" stroke-width="2"{dash}/>'
            yield f'<text x="{across + 30}" y="18" fill="{GREY}">{escape(line.name)}</text>'
            across += 56 + 7 * len(line.name)
        if self.shaded:
            yield f'<rect x="{across}" y="8" width="24" height="12" fill="{RED}" opacity="0.35"/>'
            yield f'<text x="{across + 30}" y="18" fill="{GREY}">{escape(self.shaded_name)}</text>'


def _stairs(points: Sequence[Point]) -> Iterator[Point]:
    """The points, with a corner before each that is not as high as the one before."""
    last: float | None = None
    for x, y in points:
        if last is not None and y != last:
            yield x, last
        yield x, y
        last = y
