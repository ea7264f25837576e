"""What the git host reads: forms that our links fill in, and workflows that anybody's proposal may start."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from kakugen.commands import main
from kakugen.pages.reports import KINDS

ROOT = Path(__file__).parents[1]
FORMS = ROOT / ".github/ISSUE_TEMPLATE"
WORKFLOWS = (*sorted((ROOT / ".github/workflows").glob("*.yml")), ROOT / "plugins/kakugen/commands/templates/check.yml")


def form(name: str) -> Mapping[str, Any]:
    read = yaml.safe_load((FORMS / f"{name}.yml").read_text("utf-8"))
    assert isinstance(read, dict)
    return read


def commands(workflow: Mapping[str, Any]) -> Iterator[str]:
    for job in workflow["jobs"].values():
        yield from (step["run"] for step in job["steps"] if "run" in step)


@pytest.mark.parametrize("name", [path.stem for path in sorted(FORMS.glob("*.yml")) if path.stem != "config"])
def test_a_form_asks_in_two_languages_and_gives_each_field_a_name(name: str) -> None:
    read = form(name)
    fields = [field for field in read["body"] if field["type"] != "markdown"]
    assert len({field["id"] for field in fields}) == len(fields) > 0
    for text in (read["name"], read["description"], *(field["attributes"]["label"] for field in fields)):
        japanese, slash, english = text.partition(" / ")
        assert slash, text
        assert re.search(r"[ぁ-んァ-ヶ]", japanese), text
        assert english.isascii(), text
    assert any("書かないでください" in str(field) or "読めます" in str(field) for field in read["body"])


def test_every_link_of_the_site_opens_a_form_that_has_its_fields() -> None:
    example = next(re.finditer(r"https://\S*\{kind\}\S*", (ROOT / "mkdocs.yml").read_text("utf-8")))[0]
    filled = {name for name in re.findall(r"[?&](\w+)=\{", example) if name not in {"title", "template"}}
    for kind in KINDS:
        ids = {field.get("id") for field in form(kind)["body"]}
        assert kind == "unknown" or filled <= ids, kind
    # what is pasted there has been masked in the reader's page, and is shown as it is
    pasted = next(field for field in form("unknown")["body"] if field.get("id") == "report")
    assert pasted["attributes"]["render"] == "text"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_workflow_may_only_read_and_names_only_what_there_is(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = path.read_text("utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read"}
    assert "secrets." not in text
    assert "pull_request_target" not in text
    # what a stranger names, a branch or a title, is text and never part of a command
    assert not [run for run in commands(workflow) if "${{" in run]
    for used in re.findall(r"uses: (\S+)", text):
        assert re.fullmatch(r"actions/[a-z-]+@v\d+\.\d+\.\d+", used), used
    scripts = json.loads((ROOT / "package.json").read_text("utf-8"))["scripts"]
    asked = "\n".join(commands(workflow))
    assert set(re.findall(r"npm run (\S+)", asked)) <= scripts.keys()
    for name, options in re.findall(r"\bkakugen (\w+)((?: --?[\w-]+(?: [^-\s<]\S*)?)*)", asked):
        with pytest.raises(SystemExit) as ended:
            main([name, "--help"])
        assert ended.value.code == 0, name
        help_ = capsys.readouterr().out
        assert [option for option in re.findall(r"--[\w-]+", options) if option not in help_] == []
