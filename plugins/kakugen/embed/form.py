"""A checker's form as HTML: complete and readable before, and without, any JavaScript.

In: a checker and where it stands. Out: the attributes and the contents of its ``<kakugen-checker>`` element.
The contract of the result is in ``client/README.md``; the client attaches to what is written here and adds no
field.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree

from kakugen.embed.catalog import SiteLinks
from kakugen.embed.words import words, words_locale
from kakugen_checkers.protocol import Checker, Choice, Field, FieldKind, LocalText

_RADIOS: Final = 5
"""Up to so many choices all stand on the screen; more go into a list that opens."""

_PROGRESS: Final = {"data-progress": "", "role": "status", "aria-live": "polite", "aria-atomic": "false"}

_UNSTORED: Final = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
"""What is entered is private: no form history, and no spelling service that sends it away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offline:
    """How a page can be kept for times without a network.

    Attributes:
        worker: the service worker of the site, relative to its root.
        group: the group of files that the page belongs to; the service worker knows it.
    """

    worker: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a checker stands.

    Attributes:
        locale: language of the page.
        root: the way from the page to the root of the whole site.
        pack: folder of the runtime pack, relative to that root.
        links: what its answers may link to.
        offline: where and under which name the site can be kept for times without a network; ``None`` where it cannot.
        level: heading level of the title, 1 to 6; 0 where the page itself has the title and the introduction, so
            that the form's own title is only read out.
        number: counts the checkers of the page, from 1: keeps ids apart.
    """

    locale: str
    root: str
    pack: str
    links: SiteLinks
    offline: Offline | None = None
    level: int = 2
    number: int = 1


def checker_attributes(checker: Checker, placement: Placement) -> dict[str, str]:
    """Return the attributes of the element."""
    locale = form_locale(checker, placement.locale)
    attributes = {
        "class": "kakugen",
        "checker": checker.id,
        "locale": locale,
        "lang": locale,
        "data-state": "idle",
        "data-root": placement.root,
        "data-pack": placement.pack,
    }
    if placement.offline is not None:
        attributes |= {
            "data-offline-worker": placement.offline.worker,
            "data-offline-group": placement.offline.group,
        }
    return attributes


def checker_contents(checker: Checker, placement: Placement) -> str:
    """Return what stands inside the element, as HTML text."""
    root = ElementTree.Element("div")
    _FormHtml(checker, placement).write(root)
    return "".join(ElementTree.tostring(child, encoding="unicode", method="html") for child in root)


def form_locale(checker: Checker, locale: str) -> str:
    """Return the language in which a checker asks on a page: the page's, or the first that it speaks."""
    return next((name for name in (locale, locale.partition("-")[0]) if name in checker.locales), checker.locales[0])


class _FormHtml:
    """Writes one form; holds what all its parts need."""

    def __init__(self, checker: Checker, placement: Placement) -> None:
        self._checker = checker
        self._placement = placement
        self._locale = form_locale(checker, placement.locale)
        self._words = words(self._locale)
        number = "" if placement.number == 1 else f"-{placement.number}"
        self._prefix = f"kakugen-{checker.id}{number}"

    def write(self, parent: ElementTree.Element) -> None:
        title = self._text(self._checker.form.title)
        form = ElementTree.SubElement(
            parent,
            "form",
            # "dialog" outside a <dialog> does nothing: without the client, nothing entered gets into an URL.
            {"class": "kakugen-form", "method": "dialog", "novalidate": "", **_UNSTORED},
        )
        if self._placement.level:
            form.set("aria-labelledby", f"{self._prefix}-title")
            heading = _add(form, f"h{self._placement.level}", title, id=f"{self._prefix}-title")
            heading.set("class", "checker-title")
            if intro := self._text(self._checker.form.intro):
                _add(form, "p", intro, classes="checker-intro")
        else:
            form.set("aria-label", title)
        for field in self._checker.form.fields:
            self._field(form, field)
        self._actions(form)
        ElementTree.SubElement(parent, "div", _PROGRESS)
        broken = _add(parent, "p", self._words["broken"], classes="checker-broken", role="alert", hidden="")
        broken.set("data-broken", "")
        ElementTree.SubElement(parent, "section", {"data-verdict": "", "tabindex": "-1", "hidden": ""})
        _add(
            ElementTree.SubElement(parent, "noscript"),
            "p",
            self._words["noscript"],
            classes="checker-noscript",
        )
        self._references(parent)
        catalog = ElementTree.SubElement(parent, "script", {"type": "application/json", "data-catalog": ""})
        catalog.text = self._placement.links.to_json()

    def _references(self, parent: ElementTree.Element) -> None:
        links = self._placement.links.references.get(self._checker.id, ())
        if not links:
            return
        box = ElementTree.SubElement(parent, "p", {"class": "checker-references", "data-references": ""})
        box.text = f"{self._words['references']} "
        for link in links:
            _add(box, "a", link.title, href=f"{self._placement.root}/{link.url}").tail = " "

    def _actions(self, form: ElementTree.Element) -> None:
        actions = _div(form, "checker-actions")
        # Without the client the button could do nothing, so the client is what enables it.
        _add(
            actions,
            "button",
            self._text(self._checker.form.submit),
            classes="checker-submit",
            type="submit",
            disabled="",
        )
        _add(actions, "p", self._words["private"], classes="checker-private")

    def _field(self, form: ElementTree.Element, field: Field) -> None:
        match field.kind:
            case FieldKind.TEXT:
                self._text_field(form, field)
            case FieldKind.LINE:
                self._input(form, field, {"type": "text", **_UNSTORED})
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
            case FieldKind.CHOICE if len(field.choices) <= _RADIOS:
                self._radios(form, field, [(choice.id, self._text(choice.label)) for choice in field.choices])
            case FieldKind.CHOICE:
                self._select(form, field, field.choices)

    def _text_field(self, form: ElementTree.Element, field: Field) -> None:
        box = self._open(form, field, "div")
        self._label(box, field)
        self._help(box, field)
        paper = _div(box, "checker-paper")
        area = ElementTree.SubElement(paper, "textarea", self._control(field, {"rows": "7", **_UNSTORED}))
        if placeholder := self._text(field.placeholder):
            area.set("placeholder", placeholder)
        if field.accepts:
            self._file(paper, field, identifier=f"{self._id(field)}-file")

    def _number(self, form: ElementTree.Element, field: Field) -> None:
        attributes = {"type": "number", "step": "any", "inputmode": "decimal", **_UNSTORED}
        if field.minimum is not None:
            attributes["min"] = f"{field.minimum:g}"
        if field.maximum is not None:
            attributes["max"] = f"{field.maximum:g}"
        self._input(form, field, attributes)

    def _input(self, form: ElementTree.Element, field: Field, attributes: Mapping[str, str]) -> None:
        box = self._open(form, field, "div")
        self._label(box, field)
        self._help(box, field)
        line = _div(box, "checker-line")
        control = ElementTree.SubElement(line, "input", self._control(field, attributes))
        if placeholder := self._text(field.placeholder):
            control.set("placeholder", placeholder)
        if unit := self._text(field.unit):
            _add(line, "span", unit, classes="checker-unit", id=f"{self._id(field)}-unit")
            described = f"{control.get('aria-describedby', '')} {self._id(field)}-unit"
            control.set("aria-describedby", described.strip())

    def _radios(self, form: ElementTree.Element, field: Field, options: list[tuple[str, str]]) -> None:
        box = self._open(form, field, "fieldset")
        legend = _add(box, "legend", self._text(field.label), classes="checker-label")
        self._required_mark(legend, field)
        if self._help(box, field):
            box.set("aria-describedby", f"{self._id(field)}-help")
        group = _div(box, "checker-choices")
        for value, label in options:
            choice = ElementTree.SubElement(group, "label", {"class": "checker-choice"})
            radio = {"type": "radio", "name": field.id, "value": value, "id": f"{self._id(field)}-{value}"}
            ElementTree.SubElement(choice, "input", radio | ({"required": ""} if field.required else {}))
            _add(choice, "span", label)

    def _select(self, form: ElementTree.Element, field: Field, choices: tuple[Choice, ...]) -> None:
        box = self._open(form, field, "div")
        self._label(box, field)
        self._help(box, field)
        select = ElementTree.SubElement(box, "select", self._control(field, {}))
        _add(select, "option", self._words["choose"], value="")
        for choice in choices:
            _add(select, "option", self._text(choice.label), value=choice.id)

    def _file(self, box: ElementTree.Element, field: Field, *, identifier: str) -> None:
        drop = _div(box, "checker-drop")
        pick = ElementTree.SubElement(drop, "label", {"class": "checker-pick"})
        _add(pick, "span", self._words["pick"])
        chooser = {"type": "file", "id": identifier, "data-file-for": field.id}
        if field.accepts:
            chooser["accept"] = ",".join(field.accepts)
        if field.kind is FieldKind.FILE:
            chooser |= {"name": field.id, "aria-labelledby": f"{identifier}-label"}
            if field.help.get(self._locale):
                chooser["aria-describedby"] = f"{identifier}-help"
        ElementTree.SubElement(pick, "input", chooser)
        endings = " ".join(field.accepts)
        _add(drop, "span", f"{self._words['drop']} {endings}".strip(), classes="checker-hint")
        ElementTree.SubElement(box, "ul", {"class": "checker-files", "data-files": "", "hidden": ""})

    def _open(self, form: ElementTree.Element, field: Field, tag: str) -> ElementTree.Element:
        marks = {"class": "checker-field", "data-field": field.id, "data-kind": field.kind.value}
        return ElementTree.SubElement(form, tag, marks)

    def _label(self, box: ElementTree.Element, field: Field) -> None:
        label = _add(box, "label", self._text(field.label), classes="checker-label", id=f"{self._id(field)}-label")
        label.set("for", self._id(field))
        self._required_mark(label, field)

    def _required_mark(self, label: ElementTree.Element, field: Field) -> None:
        # A form with one question needs no mark: without an answer to it there is nothing to ask.
        if field.required and len(self._checker.form.fields) > 1:
            _add(label, "span", self._words["required"], classes="checker-required")

    def _help(self, box: ElementTree.Element, field: Field) -> bool:
        text = self._text(field.help)
        if text:
            _add(box, "p", text, classes="checker-help", id=f"{self._id(field)}-help")
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
        return text.get(self._locale, "") or text.get(words_locale(self._locale), "")


def _div(parent: ElementTree.Element, classes: str) -> ElementTree.Element:
    return ElementTree.SubElement(parent, "div", {"class": classes})


def _add(
    parent: ElementTree.Element, tag: str, text: str, *, classes: str = "", **attributes: str
) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, tag, ({"class": classes} if classes else {}) | attributes)
    element.text = text
    return element
