"""A long list as XPath nodes: rows and cells become nodes when an expression meets them, and columns have an index."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from jiandu_desktop.form_engine.xpath.nodes import ELEMENT, Node


class Table(Node):
    """`name/row_name/column`, as ODK shows a CSV file (`root/item/…`).

    `rows`: as many cells as there are columns; None stands for an element that is not there. `children` stays empty:
    walkers ask for `content()`.
    """

    __slots__ = ("_indexes", "_lines", "columns", "row_name", "rows")

    def __init__(
        self, columns: Sequence[str], rows: Sequence[Sequence[str | None]], name: str = "root", row_name: str = "item"
    ) -> None:
        super().__init__(ELEMENT, name)
        self.columns = {column: place for place, column in reversed(list(enumerate(columns)))}
        self.row_name = row_name
        self.rows = rows
        self._lines: dict[int, Line] = {}
        self._indexes: dict[str, dict[str, list[int]]] = {}

    def content(self) -> list[Node]:
        return [self.line(place) for place in range(len(self.rows))]

    def elements(self) -> list[Node]:
        return self.content()

    def string(self) -> str:
        return "".join(cell for row in self.rows for cell in row if cell)

    def named(self, name: str) -> list[Node]:
        return self.content() if name == self.row_name else []

    def line(self, place: int) -> Line:
        found = self._lines.get(place)
        if found is None:
            found = self._lines[place] = Line(self, place)
        return found

    def where(self, column: str, texts: Collection[str], among: Collection[int] | None = None) -> list[int]:
        """Places of the rows whose cell in `column` is one of `texts`, in order; `among`: only of these."""
        at = self.columns.get(column)
        if at is None:
            return []
        if among is not None:
            return [place for place in among if self.rows[place][at] in texts]
        index = self._indexes.get(column)
        if index is None:
            index = {}
            for place, row in enumerate(self.rows):
                cell = row[at]
                if cell is not None:
                    index.setdefault(cell, []).append(place)
            self._indexes[column] = index
        if len(texts) == 1:
            return index.get(next(iter(texts)), [])
        return sorted(place for text in texts for place in index.get(text, ()))


class Line(Node):
    """One row of a table."""

    __slots__ = ("_cells", "_place", "_table")

    def __init__(self, table: Table, place: int) -> None:
        super().__init__(ELEMENT, table.row_name, parent=table)
        self._table = table
        self._place = place
        self._cells: dict[str, Node] = {}

    def content(self) -> list[Node]:
        return [node for column in self._table.columns for node in self.named(column)]

    def elements(self) -> list[Node]:
        return self.content()

    def cell(self, column: str) -> str | None:
        """The text of a cell; None where the row has none."""
        at = self._table.columns.get(column)
        return None if at is None else self._table.rows[self._place][at]

    def string(self) -> str:
        return "".join(cell for cell in self._table.rows[self._place] if cell)

    def named(self, name: str) -> list[Node]:
        known = self._cells.get(name)
        if known is None:
            text = self.cell(name)
            if text is None:
                return []
            known = self._cells[name] = _Cell(ELEMENT, name, text=text, parent=self)
        return [known]

    def order(self) -> tuple[int, ...]:
        return (*self._table.order(), self._place)

    def place_of(self, column: str) -> int:
        return self._table.columns[column]


class _Cell(Node):
    __slots__ = ()

    def order(self) -> tuple[int, ...]:
        line = self.parent
        return (*line.order(), line.place_of(self.name)) if isinstance(line, Line) else super().order()
