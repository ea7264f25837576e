"""One question of a form as HTML: its label, its help and the control that takes the answer.

In: a field and the words of a language. Out: an element ``[data-field]`` in the form, as ``client/README.md`` says.
"""

from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree

from kakugen.embed.elements import add_div, add_text
from kakugen.embed.words import words_locale
from kakugen_checkers.protocol import Choice, Field, FieldKind, LocalText

_SHOWN: Final = 5
"""Up to so many choices stand side by side; more go into a list that opens, or into columns to tick."""

UNSTORED: Final = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
"""What is entered is private: no form history, and no spelling service that sends it away."""


def local_text(text: LocalText, locale: str) -> str:
    """Return a text in a language, or in the language whose words serve it; empty where it is in neither."""
    return text.get(locale, "") or text.get(words_locale(locale), "")


class FieldWriter:
    """Writes the fields of one form; holds what all of them need."""

    def __init__(self, *, prefix: str, locale: str, words: Mapping[str, str], marks_required: bool) -> None:
        """Make a writer for one form.

        Args:
            prefix: begins every id, and is the form's alone on its page.
            locale: the language of the form.
            words: the words of that language.
            marks_required: whether fields that must be filled in say so.
        """
        self._prefix = prefix
        self._locale = locale
        self._words = words
        self._marks_required = marks_required

    def write(self, form: ElementTree.Element, field: Field) -> None:
        """Add a field to a form or to a group of it."""
        match field.kind:
            case FieldKind.TEXT:
                self._text_field(form, field)
            case FieldKind.LINE:
                self._input(form, field, {"type": "text", **UNSTORED})
                self._words_to_offer(form, field)
            case FieldKind.NUMBER:
                self._number(form, field)
            case FieldKind.FILE:
                box = self._open(form, field, "div")
                self._label(box, field)
                self._help(box, field)
                self._file(box, field, identifier=self._id(field))
            case FieldKind.YES_NO:
                options = [("yes", self._words["yes"]), ("no", self._words["no"])]
                self._radios(form, field, options)
            case FieldKind.CHOICE if len(field.choices) <= _SHOWN:
                self._radios(form, field, [(choice.id, self._text(choice.label)) for choice in field.choices])
            case FieldKind.CHOICE:
                self._select(form, field, field.choices)
            case FieldKind.CHOICES:
                self._checkboxes(form, field)
            case FieldKind.ROWS:
                self._rows(form, field)

    def _text_field(self, form: ElementTree.Element, field: Field) -> None:
        box = self._open(form, field, "div")
        self._label(box, field)
        self._help(box, field)
        paper = add_div(box, "checker-paper")
        area = ElementTree.SubElement(paper, "textarea", self._control(field, {"rows": "7", **UNSTORED}))
        if placeholder := self._text(field.placeholder):
            area.set("placeholder", placeholder)
        if field.accepts:
            self._file(paper, field, identifier=f"{self._id(field)}-file")

    def _number(self, form: ElementTree.Element, field: Field) -> None:
        attributes = {"type": "number", "step": "any", "inputmode": "decimal", **UNSTORED}
        if field.minimum is not None:
            attributes["min"] = f"{field.minimum:g}"
        if field.maximum is not None:
            attributes["max"] = f"{field.maximum:g}"
        self._input(form, field, attributes)

    def _input(self, form: ElementTree.Element, field: Field, attributes: Mapping[str, str]) -> None:
        box = self._open(form, field, "div")
        self._label(box, field)
        self._help(box, field)
        line = add_div(box, "checker-line")
        control = ElementTree.SubElement(line, "input", self._control(field, attributes))
        if field.choices:
            control.set("list", f"{self._id(field)}-list")
        if placeholder := self._text(field.placeholder):
            control.set("placeholder", placeholder)
        if unit := self._text(field.unit):
            add_text(line, "span", unit, classes="checker-unit", id=f"{self._id(field)}-unit")
            described = f"{control.get('aria-describedby', '')} {self._id(field)}-unit"
            control.set("aria-describedby", described.strip())

    def _radios(self, form: ElementTree.Element, field: Field, options: list[tuple[str, str]]) -> None:
        box = self._open_set(form, field)
        group = add_div(box, "checker-choices")
        for value, label in options:
            self._option(group, field, "radio", value, label, {"required": ""} if field.required else {})

    def _checkboxes(self, form: ElementTree.Element, field: Field) -> None:
        box = self._open_set(form, field)
        if field.required:
            # HTML has no way to say that one box of several must be ticked.
            box.set("data-required", "")
        many = len(field.choices) > _SHOWN
        group = add_div(box, "checker-choices checker-columns" if many else "checker-choices")
        for choice in field.choices:
            self._option(group, field, "checkbox", choice.id, self._text(choice.label), {})

    def _open_set(self, form: ElementTree.Element, field: Field) -> ElementTree.Element:
        box = self._open(form, field, "fieldset")
        legend = add_text(box, "legend", self._text(field.label), classes="checker-label")
        self._required_mark(legend, field)
        if self._help(box, field):
            box.set("aria-describedby", f"{self._id(field)}-help")
        return box

    def _option(
        self, group: ElementTree.Element, field: Field, kind: str, value: str, label: str, more: Mapping[str, str]
    ) -> None:
        choice = ElementTree.SubElement(group, "label", {"class": "checker-choice"})
        control = {"type": kind, "name": field.id, "value": value, "id": f"{self._id(field)}-{value}", **more}
        ElementTree.SubElement(choice, "input", control)
        add_text(choice, "span", label)

    def _rows(self, form: ElementTree.Element, field: Field) -> None:
        box = self._open_set(form, field)
        box.set("data-most", f"{field.maximum:g}" if field.maximum is not None else "100")
        if field.required:
            box.set("data-required", "")
        rows = add_div(box, "checker-rows")
        rows.set("data-rows", "")
        name = self._text(field.unit)
        for number in range(1, int(field.minimum or 1) + 1):
            self._row(rows, field, name, number)
        for column in field.columns:
            self._words_to_offer(box, column)
        add = self._words["addRow"].format(name=name)
        add_text(box, "button", add, classes="checker-another", type="button", disabled="").set("data-press", "add-row")

    def _row(self, rows: ElementTree.Element, field: Field, name: str, number: int) -> None:
        row = ElementTree.SubElement(rows, "fieldset", {"class": "checker-row", "data-row": str(number)})
        title = self._words["rowName"].format(name=name, number=number)
        add_text(row, "legend", title, classes="checker-row-name")
        for column in field.columns:
            cell = ElementTree.SubElement(row, "div", {"class": "checker-cell", "data-column": column.id})
            identifier = f"{self._id(field)}-{number}-{column.id}"
            add_text(cell, "label", self._text(column.label), classes="checker-cell-label").set("for", identifier)
            control = {"id": identifier, "name": f"{field.id}.{column.id}"}
            if column.kind is FieldKind.CHOICE:
                select = ElementTree.SubElement(cell, "select", control)
                add_text(select, "option", self._words["choose"], value="")
                for choice in column.choices:
                    add_text(select, "option", self._text(choice.label), value=choice.id)
                continue
            control |= {"type": "text", "placeholder": self._text(column.placeholder), **UNSTORED}
            if column.choices:
                control["list"] = f"{self._id(column)}-list"
            ElementTree.SubElement(cell, "input", control)
        remove = self._words["removeRow"].format(name=name, number=number)
        button = {"type": "button", "data-press": "remove-row", "aria-label": remove, "disabled": ""}
        add_text(row, "button", self._words["remove"], classes="checker-remove", **button)

    def _words_to_offer(self, box: ElementTree.Element, field: Field) -> None:
        """Add the words that are offered while a line is typed."""
        if field.choices and field.kind is FieldKind.LINE:
            offered = ElementTree.SubElement(box, "datalist", {"id": f"{self._id(field)}-list"})
            for choice in field.choices:
                ElementTree.SubElement(offered, "option", {"value": self._text(choice.label)})

    def _select(self, form: ElementTree.Element, field: Field, choices: tuple[Choice, ...]) -> None:
        box = self._open(form, field, "div")
        self._label(box, field)
        self._help(box, field)
        select = ElementTree.SubElement(box, "select", self._control(field, {}))
        add_text(select, "option", self._words["choose"], value="")
        for choice in choices:
            add_text(select, "option", self._text(choice.label), value=choice.id)

    def _file(self, box: ElementTree.Element, field: Field, *, identifier: str) -> None:
        drop = add_div(box, "checker-drop")
        pick = ElementTree.SubElement(drop, "label", {"class": "checker-pick"})
        add_text(pick, "span", self._words["pick"])
        chooser = {"type": "file", "id": identifier, "data-file-for": field.id}
        if field.accepts:
            chooser["accept"] = ",".join(field.accepts)
        if field.kind is FieldKind.FILE:
            chooser |= {"name": field.id, "aria-labelledby": f"{identifier}-label"}
            if field.help.get(self._locale):
                chooser["aria-describedby"] = f"{identifier}-help"
        ElementTree.SubElement(pick, "input", chooser)
        endings = " ".join(field.accepts)
        add_text(drop, "span", f"{self._words['drop']} {endings}".strip(), classes="checker-hint")
        ElementTree.SubElement(box, "ul", {"class": "checker-files", "data-files": "", "hidden": ""})

    def _open(self, form: ElementTree.Element, field: Field, tag: str) -> ElementTree.Element:
        marks = {"class": "checker-field", "data-field": field.id, "data-kind": field.kind.value}
        return ElementTree.SubElement(form, tag, marks)

    def _label(self, box: ElementTree.Element, field: Field) -> None:
        label = add_text(box, "label", self._text(field.label), classes="checker-label", id=f"{self._id(field)}-label")
        label.set("for", self._id(field))
        self._required_mark(label, field)

    def _required_mark(self, label: ElementTree.Element, field: Field) -> None:
        if field.required and self._marks_required:
            add_text(label, "span", self._words["required"], classes="checker-required")

    def _help(self, box: ElementTree.Element, field: Field) -> bool:
        text = self._text(field.help)
        if text:
            add_text(box, "p", text, classes="checker-help", id=f"{self._id(field)}-help")
        return bool(text)

    def _control(self, field: Field, attributes: Mapping[str, str]) -> dict[str, str]:
        control = {"id": self._id(field), "name": field.id, **attributes}
        if self._text(field.help):
            control["aria-describedby"] = f"{self._id(field)}-help"
        if field.required:
            control["required"] = ""
        return control

    def _id(self, field: Field) -> str:
        return f"{self._prefix}-{field.id}"

    def _text(self, text: LocalText) -> str:
        return local_text(text, self._locale)
