"""What a form says to the user: labels, hints, messages and the labels of choices, in the language in force."""

from __future__ import annotations

from jiandu_desktop.form_engine import typed
from jiandu_desktop.form_engine.runtime.fields import Field, Option
from jiandu_desktop.form_engine.runtime.tree import Tree
from jiandu_desktop.form_engine.xform.body import resolved
from jiandu_desktop.form_engine.xform.model import ChoiceItem, Control, Expression, Media, Parts, Wording
from jiandu_desktop.form_engine.xpath.nodes import Node
from jiandu_desktop.form_engine.xpath.scope import Scope
from jiandu_desktop.form_engine.xpath.tables import Line
from jiandu_desktop.form_engine.xpath.values import to_string


class Wordings:
    """Also the `services` of the XPath functions `jr:itext` and `jr:choice-name`."""

    def __init__(self, tree: Tree, language: str) -> None:
        self.language = language
        self._tree = tree
        self.scope: Scope | None = None  # set once by the running form, which needs these services to make it

    def wording(self, wording: Wording | None, field: Field) -> str:
        """The text in the language in force; where that is missing, in any."""
        if wording is None:
            return ""
        parts = wording.parts.get(self.language)
        if parts is None:
            parts = wording.parts.get("") or next(iter(wording.parts.values()), ())
        return self._said(parts, field)

    def media(self, media: Media) -> dict[str, str]:
        """Kind → file name in the language in force; where that has none, in any."""
        return {
            kind: by_language.get(self.language) or next(iter(by_language.values()))
            for kind, by_language in media.items()
        }

    def option_media(self, option: Option, control: Control) -> dict[str, str]:
        if isinstance(option.source, ChoiceItem):
            return self.media(option.source.media)
        items, known = control.item_set, self._tree.model.media
        if not known or items is None or items.text_id is None or self.scope is None:
            return {}
        return self.media(known.get(items.text_id.compiled.string(option.source, self.scope), {}))

    def option_label(self, option: Option, control: Control, field: Field) -> str:
        if isinstance(option.source, ChoiceItem):
            return self.wording(option.source.label, field)
        items = control.item_set
        if items is None or items.label is None or self.scope is None:
            return option.value
        if items.label_name and isinstance(option.source, Line):
            return option.source.cell(items.label_name) or ""
        return items.label.compiled.string(option.source, self.scope)

    def itext(self, name: str, node: Node) -> str:
        """For `jr:itext(…)`."""
        found = self._tree.model.texts.get(name)
        if found is None:
            return ""
        return self._said(found.get(self.language) or next(iter(found.values()), ()), node)

    def choice_name(self, value: str, question: str, node: Node) -> str:
        """For `jr:choice-name(…)`: the label of that value among the choices of the question at path `question`."""
        here = next((field for field in (node, *node.ancestors()) if isinstance(field, Field)), self._tree.root)
        spec = self._tree.model.by_ref.get(resolved(question, here.spec.ref))
        if spec is None or spec.control is None:
            return ""
        around = here.spec.repeats()
        shared = [repeat for repeat in spec.repeats() if repeat in around]
        for field in self._tree.located(spec, shared[-1] if shared else None, here):
            for option in field.options:
                if option.value == value:
                    return self.option_label(option, spec.control, field)
        return ""

    def _said(self, parts: Parts, node: Node) -> str:
        scope = self.scope
        return "".join(
            part if isinstance(part, str) else _read(part, node, scope) for part in parts if scope is not None
        )


def _read(part: Expression, node: Node, scope: Scope) -> str:
    """The value of an output; that of a decimal question without the `.0` of its stored form."""
    value = part.compiled.value_or_blank(node, scope)
    if isinstance(value, list) and value and isinstance(value[0], Field):
        bind = value[0].spec.bind
        return typed.shown("decimal" if bind is not None and bind.type == "decimal" else "", value[0].string())
    return to_string(value)
