"""The panel beside the graph: the whole portfolio at rest, or the node or position that is chosen."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.analysis.exposure import NodeExposure
from desktop_app.analysis.overview import Overview
from desktop_app.domain.positions import Dimension, Position, is_unknown
from desktop_app.figures.colours import dimension_role
from desktop_app.figures.labels import UNKNOWN, Labels
from desktop_app.report import words
from desktop_app.report.panel import NodePanel, debt_lines
from desktop_app.report.sentences import Sentence, dependencies_sentence, plain
from desktop_app.ui import theme
from desktop_app.ui.pages.page import parts
from desktop_app.ui.widgets.row_list import HATCH, Cell, Item, Lane, RowList
from desktop_app.ui.widgets.section import Section, Words
from desktop_app.ui.widgets.sentence_label import SentenceLabel

WIDTH = 254 + theme.PAGE_MARGIN
MOST = 12
NONE: Mapping[str, float] = {}
OF_COLLATERAL = "How much of the collateral, and what the position loses if that node fails completely."
HOW_TO = (
    "Point at a node to see what stands on it and what it stands on. Click to keep it; the arrow keys "
    "walk the lines."
)
_LIST = (Lane(stretch=True), Lane("USD", right=True, spare=True), Lane("share", right=True))


def swatch_of(node: str, dimension: Dimension) -> str:
    """Return the swatch of a node in a list."""
    return HATCH if is_unknown(node) or dimension is Dimension.UNKNOWN else dimension_role(dimension)


class DependenciesPanel(QScrollArea):
    """``chosen`` carries a node or position of a list, ``explained`` the key of a number.

    ``table_wished`` asks for the table twin.
    """

    chosen = Signal(str)
    explained = Signal(str)
    table_wished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rest = _Rest()
        self.node = _OneNode()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.rest)
        self._stack.addWidget(self.node)
        self.setWidget(self._stack)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(round(WIDTH * max(1.0, theme.pixels() / 13)))
        self.rest.list.followed.connect(self.chosen)
        self.rest.most.followed.connect(self.table_wished)
        self.node.standing.followed.connect(self.chosen)
        self.node.below.followed.connect(self.chosen)
        self.node.share.explained.connect(self.explained)

    def show_rest(self, overview: Overview, hidden: Collection[Dimension], labels: Labels) -> None:
        """Show the whole portfolio, and which dimensions the graph leaves out."""
        self.rest.fill(overview, hidden, labels)
        self._stack.setCurrentWidget(self.rest)

    def show_node(self, node_id: str, panel: NodePanel, labels: Labels) -> None:
        """Show a node."""
        self.node.fill_node(node_id, panel, labels)
        self._stack.setCurrentWidget(self.node)

    def show_position(
        self, position: Position, overview: Overview, labels: Labels, collateral: Mapping[str, float] = NONE
    ) -> None:
        """Show a position and what it stands on; beside a debt, how much of the ``collateral``."""
        self.node.fill_position(position, overview, labels, collateral)
        self._stack.setCurrentWidget(self.node)


def _amount(text: str, *, bold: bool = False) -> Cell:
    """Return the cell of an amount or share."""
    return Cell(text, "warn" if text == UNKNOWN else "ink", bold)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(18, 0, theme.PAGE_MARGIN, 12)
    column.setSpacing(0)
    return column


class _Rest(QWidget):
    """The sentence, how to use the graph, and the nodes that carry most."""

    def __init__(self) -> None:
        super().__init__()
        self.sentence = SentenceLabel()
        self.most = Section("Most stands on", link="As a table")
        self.list = RowList(_LIST, "Most stands on", row=21, lines=False, wrap=True)
        self.most.body.addWidget(self.list)
        self.ground = Words("", theme.NOTE, "text2", wrap=True)
        column = _column(self)
        column.addWidget(self.sentence)
        column.addSpacing(12)
        column.addWidget(Words(HOW_TO, theme.NOTE, "text2", wrap=True))
        column.addSpacing(16)
        column.addWidget(self.most)
        column.addSpacing(6)
        column.addWidget(self.ground)
        column.addStretch()

    def fill(self, overview: Overview, hidden: Collection[Dimension], labels: Labels) -> None:
        self.sentence.set_parts(parts(dependencies_sentence(overview)))
        ground = (Dimension.ASSET, Dimension.CHAIN)
        nodes = [node for node in overview.exposed.nodes.values() if node.dimension not in ground]
        rows = [self._item(node, overview, labels) for node in nodes if node.known_value][:MOST]
        self.list.set_items(rows, ("", labels.currency, "share"))
        self.most.setVisible(bool(rows))
        said = []
        if overview.common_ground:
            names = [(words.node_name(n.node, overview.names), n.share) for n in overview.common_ground]
            said.append("Common ground: " + ", ".join(f"{n} {labels.share(s)}" for n, s in names) + ".")
        if hidden:
            said.append(
                "Hidden: "
                + ", ".join(words.dimension_word(d, many=True) for d in Dimension if d in hidden)
                + "."
            )
        self.ground.setText(" ".join(said))

    @staticmethod
    def _item(node: NodeExposure, overview: Overview, labels: Labels) -> Item:
        name = words.node_name(node.node, overview.names)
        cells = (Cell(name), _amount(labels.money(node.known_value)), _amount(labels.share(node.known_share)))
        return Item(node.node, cells, swatch_of(node.node, node.dimension))


class _OneNode(QWidget):
    """One node, or one position: its share, what stands on it, its gateway, what it stands on, facts."""

    def __init__(self) -> None:
        super().__init__()
        self.name = RowList(
            (Lane(scale=theme.SENTENCE, stretch=True), Lane(right=True, scale=theme.NOTE)),
            "Node",
            row=22,
            lines=False,
            wrap=True,
        )
        self.share = SentenceLabel(theme.TITLE)
        self.money = Words("")
        self.debt = Section("Debt")
        self.debt_rows = RowList((Lane(stretch=True), Lane(right=True)), "Debt", row=21, lines=False)
        self.above = Section("What stands on it")
        self.standing = RowList(_LIST, "What stands on it", row=21, lines=False, wrap=True)
        self.gateway = Section("Gateway")
        self.gateway_text = SentenceLabel(theme.TEXT)
        self.stands_on = Section("What it stands on")
        self.stands_text = SentenceLabel(theme.TEXT)
        self.below = RowList(_LIST, "What it stands on", row=21, lines=False, wrap=True)
        self.facts = Section("Facts")
        self.fact_texts: list[SentenceLabel] = []
        self._lay_out()

    def _lay_out(self) -> None:
        self.name.set_items([])
        self.debt.body.addWidget(self.debt_rows)
        self.above.body.addWidget(self.standing)
        self.gateway.body.addWidget(self.gateway_text)
        self.stands_on.body.addWidget(self.stands_text)
        self.stands_on.body.addWidget(self.below)
        self.facts.body.setSpacing(8)
        amount = QHBoxLayout()
        amount.setSpacing(10)
        amount.addWidget(self.share, 0)
        amount.addWidget(self.money, 1, Qt.AlignmentFlag.AlignBottom)
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.name)
        head.addLayout(amount)
        column = _column(self)
        column.addLayout(head)
        column.setSpacing(14)
        for section in (self.debt, self.above, self.gateway, self.stands_on, self.facts):
            column.addWidget(section)
        column.addStretch()

    def fill_node(self, node_id: str, panel: NodePanel, labels: Labels) -> None:
        kind = "" if is_unknown(node_id) else panel.kind  # its name says it
        swatch, key = swatch_of(node_id, panel.dimension), f"share:{node_id}"
        self._head(panel.name, kind, swatch, panel.share, panel.money, key)
        rows = [Item(s.position, (Cell(s.name), _amount(s.money), Cell(s.part))) for s in panel.standing]
        count, total = panel.total
        rows.append(Item("", (Cell(count, "text2"), _amount(total, bold=True), Cell(""))))
        self.standing.set_items(rows, ("", labels.currency, "part"))
        self.gateway_text.set_parts(parts(panel.gateway))
        self.stands_text.set_parts(parts(panel.stands_on))
        facts = [fact for fact in panel.facts if plain(fact)]
        self._tell_facts(facts)
        self._show(node=True, facts=bool(facts))

    def _tell_facts(self, facts: Sequence[Sentence]) -> None:
        """Show each fact as a block of its own."""
        for old in self.fact_texts:
            self.facts.body.removeWidget(old)
            old.deleteLater()
        self.fact_texts = [SentenceLabel(theme.NOTE) for _ in facts]
        for label, fact in zip(self.fact_texts, facts, strict=True):
            label.set_parts(parts(fact))
            self.facts.body.addWidget(label)

    def fill_position(
        self, position: Position, overview: Overview, labels: Labels, collateral: Mapping[str, float]
    ) -> None:
        worth = overview.exposed.worths.get(position.id)
        total = overview.portfolio_value
        share = float(worth / total) if worth is not None and total else None
        money, key = labels.money(worth, with_currency=True), f"value:{position.id}"
        self._head(position.name, "Position", "", labels.share(share), money, key)
        nodes = [n for n in overview.exposed.nodes.values() if position.id in n.by_position]
        nodes.sort(key=lambda n: -n.by_position[position.id])
        rows = [self._below_item(n, position.id, overview, collateral, labels) for n in nodes]
        if collateral:
            self.below.set_items(rows, ("", f"loss, {labels.currency}", "collateral"))
        else:
            self.below.set_items(rows, ("", labels.currency, "part"))
        self.stands_on.set_note(OF_COLLATERAL if collateral else "")
        debt = position.debt
        if debt and worth is not None:
            self.debt_rows.set_items(
                [Item("", (Cell(a), Cell(b))) for a, b in debt_lines(position, worth, labels)]
            )
        self._show(node=False, facts=False, debt=bool(debt and worth is not None))

    @staticmethod
    def _below_item(
        node: NodeExposure,
        position: str,
        overview: Overview,
        collateral: Mapping[str, float],
        labels: Labels,
    ) -> Item:
        worth, rho = overview.exposed.worths.get(position), node.by_position[position]
        money = labels.money(None if worth is None else float(worth) * rho)
        share = collateral.get(node.node) if collateral else rho
        part = "equity" if share is None else "all" if share >= 1 - 1e-9 else labels.share(share)
        name = words.node_name(node.node, overview.names)
        return Item(node.node, (Cell(name), _amount(money), Cell(part)), swatch_of(node.node, node.dimension))

    def _head(self, name: str, kind: str, swatch: str, share: str, money: str, key: str) -> None:
        self.name.set_items([Item("", (Cell(name, bold=True), Cell(kind, "text2")), swatch, tooltip=name)])
        unknown = share == money == UNKNOWN
        said = "Value unknown" if unknown else share
        self.share.set_parts([(said, True, "" if share == UNKNOWN else key, share == UNKNOWN)])
        self.share.setFixedWidth(QFontMetrics(theme.font(theme.TITLE, bold=True)).horizontalAdvance(said) + 4)
        self.money.setText("" if unknown else money)

    def _show(self, *, node: bool, facts: bool, debt: bool = False) -> None:
        self.debt.setVisible(debt)
        for widget in (self.above, self.gateway, self.stands_text):
            widget.setVisible(node)
        self.below.setVisible(not node)
        self.facts.setVisible(facts)
