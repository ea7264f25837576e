"""A checker's form as HTML: complete and readable before, and without, any JavaScript.

In: a checker and where it stands. Out: the attributes and the contents of its ``<kakugen-checker>`` element.
The contract of the result is in ``client/README.md``; the client attaches to what is written here and adds no
field.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree

from kakugen.embed.catalog import Link, SiteLinks
from kakugen.embed.elements import add_div, add_text
from kakugen.embed.fields import UNSTORED, FieldWriter, local_text
from kakugen.embed.words import words
from kakugen_checkers.protocol import Checker, Field, FieldGroup, LocalText, to_json

_PROGRESS: Final = {"data-progress": "", "role": "status", "aria-live": "polite", "aria-atomic": "false"}


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
    """Return what stands inside the element, as HTML text.

    Raises:
        FormError: the form cannot be shown as it is.
    """
    root = ElementTree.Element("div")
    _FormHtml(checker, placement).write(root)
    return "".join(ElementTree.tostring(child, encoding="unicode", method="html") for child in root)


def form_texts(checker: Checker, locale: str) -> tuple[str, str]:
    """Return the title and the introduction of a checker's form in a language, or in the first that it speaks."""
    spoken = form_locale(checker, locale)
    return checker.form.title[spoken], checker.form.intro[spoken]


def form_locale(checker: Checker, locale: str) -> str:
    """Return the language in which a checker asks on a page: the page's, or the first that it speaks."""
    return next((name for name in (locale, locale.partition("-")[0]) if name in checker.locales), checker.locales[0])


def checker_links(
    checkers: Mapping[str, Checker], pages: Mapping[str, str], locale: str, prefix: str
) -> Mapping[str, Link]:
    """Return where the checkers of a site can be asked in one language, by id.

    Args:
        checkers: the checkers that the site has turned on.
        pages: the page on which each checker stands, relative to the root of the language; others are left out.
        locale: the language.
        prefix: the folder of that language in the whole site: ``""`` or ``"en/"``.
    """
    return {
        id_: Link(title=local_text(checker.form.title, form_locale(checker, locale)), url=prefix + pages[id_])
        for id_, checker in checkers.items()
        if id_ in pages
    }


class FormError(ValueError):
    """A form contradicts itself; the message says where."""


class _FormHtml:
    """Writes one form; holds what all its parts need."""

    def __init__(self, checker: Checker, placement: Placement) -> None:
        self._checker = checker
        self._placement = placement
        self._locale = form_locale(checker, placement.locale)
        self._words = words(self._locale)
        number = "" if placement.number == 1 else f"-{placement.number}"
        self._prefix = f"kakugen-{checker.id}{number}"
        self._fields = FieldWriter(
            prefix=self._prefix,
            locale=self._locale,
            words=self._words,
            # A form with one question needs no mark: without an answer to it there is nothing to ask.
            marks_required=len(checker.form.fields) > 1,
        )

    def write(self, parent: ElementTree.Element) -> None:
        title = self._text(self._checker.form.title)
        form = ElementTree.SubElement(
            parent,
            "form",
            # "dialog" outside a <dialog> does nothing: without the client, nothing entered gets into an URL.
            {"class": "kakugen-form", "method": "dialog", "novalidate": "", **UNSTORED},
        )
        if self._placement.level:
            form.set("aria-labelledby", f"{self._prefix}-title")
            heading = add_text(form, f"h{self._placement.level}", title, id=f"{self._prefix}-title")
            heading.set("class", "checker-title")
            if intro := self._text(self._checker.form.intro):
                add_text(form, "p", intro, classes="checker-intro")
        else:
            form.set("aria-label", title)
        self._starts(form)
        self._questions(form)
        self._actions(form)
        ElementTree.SubElement(parent, "div", _PROGRESS)
        broken = add_text(parent, "p", self._words["broken"], classes="checker-broken", role="alert", hidden="")
        broken.set("data-broken", "")
        ElementTree.SubElement(parent, "section", {"data-verdict": "", "tabindex": "-1", "hidden": ""})
        add_text(
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
            add_text(box, "a", link.title, href=f"{self._placement.root}/{link.url}").tail = " "

    def _actions(self, form: ElementTree.Element) -> None:
        actions = add_div(form, "checker-actions")
        # Without the client the button could do nothing, so the client is what enables it.
        add_text(
            actions,
            "button",
            self._text(self._checker.form.submit),
            classes="checker-submit",
            type="submit",
            disabled="",
        )
        if self._checker.form.saves:
            save = {"type": "button", "disabled": "", "data-press": "save"}
            add_text(actions, "button", self._words["save"], classes="checker-another", **save)
        add_text(actions, "p", self._words["private"], classes="checker-private")

    def _starts(self, form: ElementTree.Element) -> None:
        """Add what fills the form at once: examples, and a file that was saved before."""
        asked = self._checker.form
        if not asked.samples and not asked.saves:
            return
        starts = add_div(form, "checker-starts")
        starts.set("data-starts", "")
        if asked.samples:
            add_text(starts, "span", self._words["samples"], classes="checker-hint")
        for sample in asked.samples:
            button = add_text(
                starts, "button", self._text(sample.label), classes="checker-another", type="button", disabled=""
            )
            button.set("data-press", "sample")
            button.set("data-answers", to_json(sample.answers[self._locale]))
        if asked.saves:
            pick = ElementTree.SubElement(starts, "label", {"class": "checker-pick"})
            add_text(pick, "span", self._words["openFile"])
            ElementTree.SubElement(pick, "input", {"type": "file", "accept": ".json", "data-open": ""})

    def _questions(self, form: ElementTree.Element) -> None:
        groups: dict[str, list[Field]] = {"": [], **{group.id: [] for group in self._checker.form.groups}}
        for field in self._checker.form.fields:
            if field.group not in groups:
                raise FormError(
                    f"the form of the checker {self._checker.id!r} puts the field {field.id!r} into a group "
                    f"{field.group!r} that it does not have"
                )
            groups[field.group].append(field)
        for field in groups[""]:
            self._fields.write(form, field)
        for group in self._checker.form.groups:
            if groups[group.id]:
                inside = self._open_group(form, group)
                for field in groups[group.id]:
                    self._fields.write(inside, field)

    def _open_group(self, form: ElementTree.Element, group: FieldGroup) -> ElementTree.Element:
        """Add a group; return the element that its fields stand in."""
        marks = {"class": "checker-group", "data-group": group.id}
        title = self._text(group.title)
        if not group.folded:
            box = ElementTree.SubElement(form, "fieldset", marks)
            add_text(box, "legend", title, classes="checker-group-title")
            return box
        box = ElementTree.SubElement(form, "details", marks)
        summary = ElementTree.SubElement(box, "summary", {"class": "checker-group-summary"})
        name = add_text(summary, "span", title, classes="checker-group-title", id=f"{self._prefix}-group-{group.id}")
        add_text(summary, "span", self._words["optional"], classes="checker-optional")
        return ElementTree.SubElement(
            box, "div", {"class": "checker-group-fields", "role": "group", "aria-labelledby": name.attrib["id"]}
        )

    def _text(self, text: LocalText) -> str:
        return local_text(text, self._locale)
