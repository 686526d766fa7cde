"""The matrix as a picture: tints, hatches and words tell the same parts; only what is asked for is drawn."""

from dataclasses import replace

from desktop_app.domain.positions import Dimension
from desktop_app.figures.colours import tint_role
from desktop_app.figures.labels import Labels
from desktop_app.figures.matrix import MatrixHead, MatrixRow, matrix_figure, matrix_grid, part_words
from desktop_app.figures.shapes import Figure, Hatch, Rect, Text

ROWS = (MatrixRow("w", "weETH", "46,477"), MatrixRow("s", "stETH", "unknown"))
HEADS = (
    MatrixHead("p2p", "Operators", "P2P", "P2P", Dimension.OPERATOR, {"w": 0.2, "s": 1.0}),
    MatrixHead(
        "unknown:operator",
        "Operators",
        "unknown",
        "Operators not published",
        Dimension.OPERATOR,
        {"w": 0.8},
        True,
    ),
    MatrixHead("lido", "Protocols", "Lido", "Lido", Dimension.PROTOCOL, {"s": 1.0}),
)
WIDTH = 600.0
GRID = matrix_grid(ROWS, HEADS, WIDTH)


def drawn(first: tuple[int, int] = (0, 0)) -> Figure:
    return matrix_figure(ROWS, HEADS, GRID, Labels(), first=first)


def words(figure: Figure) -> list[str]:
    return [shape.text for shape in figure.shapes if isinstance(shape, Text)]


def test_a_part_is_a_tint_and_a_number_and_the_whole_is_all() -> None:
    figure = drawn()
    tints = [shape.fill for shape in figure.shapes if isinstance(shape, Rect) and "@" in shape.fill]
    assert tints == [
        tint_role(Dimension.OPERATOR, 0.2),
        tint_role(Dimension.OPERATOR, 1.0),
        tint_role(Dimension.PROTOCOL, 1.0),
    ]
    assert [w for w in words(figure) if w in {"20", "80", "all"}] == ["20", "80", "all", "all"]


def test_unknown_is_hatched_on_both_sides_of_its_number() -> None:
    left, right = (shape for shape in drawn().shapes if isinstance(shape, Hatch))
    number = next(shape for shape in drawn().shapes if isinstance(shape, Text) and shape.text == "80")
    assert left.x + left.width < number.x < right.x


def test_the_dimension_stands_once_over_its_columns() -> None:
    assert words(drawn()).count("Operators") == 1


def test_targets_count_from_the_first_row_and_column_shown() -> None:
    ids = [target.id for target in drawn((100, 7)).targets]
    assert ids[:3] == ["column:7", "column:8", "column:9"]
    assert {"row:100", "cell:100:7", "cell:101:9"} <= set(ids)
    assert "cell:100:9" not in ids, "nothing is there"


def test_a_position_that_cannot_be_computed_says_so() -> None:
    rows = (replace(ROWS[0], why="Its debt is too high."),)
    figure = matrix_figure(rows, HEADS, GRID, Labels())
    text = next(s for s in figure.shapes if isinstance(s, Text) and s.text == "not computed")
    assert (text.colour, text.tooltip) == ("warn", "Its debt is too high.")
    assert not any(target.id.startswith("cell") for target in figure.targets)


def test_a_long_name_of_a_column_takes_two_lines() -> None:
    heads = (replace(HEADS[2], short="Lagrange ZK prover network"), *HEADS[:2])
    grid = matrix_grid(ROWS, heads, 200)
    assert grid.lines == 2
    lines = [s for s in matrix_figure(ROWS, heads, grid, Labels()).shapes if isinstance(s, Text)][:2]
    assert len({line.y for line in lines}) == 2
    assert all(line.y < grid.head for line in lines)


def test_a_value_that_is_not_known_is_ochre() -> None:
    assert [s.colour for s in drawn().shapes if isinstance(s, Text) and s.text == "unknown"] == [
        "text2",
        "warn",
    ]


def test_small_parts_are_never_nothing() -> None:
    assert part_words(0.001, Labels()) == "<\u00a01"
    assert part_words(1 - 1e-12, Labels()) == "all"
    assert part_words(0.994, Labels()) == "99"
