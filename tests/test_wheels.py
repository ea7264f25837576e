"""What is published holds all that is needed: a knowledge base is begun and built from the two wheels alone."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_wheels_hold_every_file_and_build_the_site_of_the_readme(tmp_path: Path) -> None:
    def run(*command: str) -> str:
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed"), "NO_MKDOCS_2_WARNING": "1"}
    run(
        "uv",
        "build",
        "--quiet",
        "--all-packages",
        "--wheel",
        "--directory",
        str(ROOT),
        "--out-dir",
        str(tmp_path / "dist"),
    )
    held: set[str] = set()
    for wheel in (tmp_path / "dist").glob("*.whl"):
        with zipfile.ZipFile(wheel) as opened:
            opened.extractall(tmp_path / "installed")
            held |= set(opened.namelist())
    for folder in ("plugins/kakugen", "checkers/kakugen_checkers"):
        listed = subprocess.run(["git", "ls-files", folder], cwd=ROOT, capture_output=True, text=True, check=True)
        inside = {name.split("/", 1)[1] for name in listed.stdout.splitlines() if (ROOT / name).is_file()}
        assert inside - held == set()

    where = run(sys.executable, "-c", "import kakugen, kakugen_checkers as c; print(kakugen.__file__, c.__file__)")
    assert where.count(str(tmp_path)) == 2
    readme = (ROOT / "README.md").read_text("utf-8")
    (settings,) = re.findall(r"```yaml\n(# mkdocs\.yml\n.*?)```", readme, re.DOTALL)
    # The runtime pack of a checker takes longer than all the rest, and is built by other tests.
    (tmp_path / "mkdocs.yml").write_text(settings.replace("[bounce]", "[]"), "utf-8")
    page = tmp_path / "docs/en/index.md"
    page.parent.mkdir(parents=True)
    page.write_text("# Hello\n", "utf-8")
    run(sys.executable, "-m", "kakugen.commands", "lint", "--fix")
    run(sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet")
    assert "Hello" in (tmp_path / "site/index.html").read_text("utf-8")
