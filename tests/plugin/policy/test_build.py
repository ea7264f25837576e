"""A page that loads something from elsewhere ends ``mkdocs build``, and says which page, line and what to do."""

import subprocess
import sys
from pathlib import Path

MKDOCS = """
site_name: Example
theme: {name: material, custom_dir: over}
plugins: [{kakugen: {checkers: []}}]
markdown_extensions:
  - pymdownx.superfences:
      custom_fences:
        - name: mermaid
          class: mermaid
          format: !!python/name:pymdownx.superfences.fence_code_format
"""

TEMPLATE = """{% extends "kakugen.html" %}
{% block announce %}<img src="https://elsewhere.example/pixel.png" alt="">{% endblock %}
"""

PAGE = """# Home

```mermaid
graph LR
```
"""


def build(folder: Path, page: str, template: str = "") -> subprocess.CompletedProcess[str]:
    (folder / "docs").mkdir()
    (folder / "over").mkdir()
    if template:
        (folder / "over" / "main.html").write_text(template, "utf-8")
    (folder / "docs" / "index.md").write_text(page, "utf-8")
    (folder / "mkdocs.yml").write_text(MKDOCS, "utf-8")
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_page_that_loads_from_elsewhere_ends_the_build_with_all_faults_and_no_traceback(tmp_path: Path) -> None:
    result = build(tmp_path, PAGE, TEMPLATE)
    assert result.returncode == 1
    *faults, count = [line for line in result.stderr.splitlines() if "ERROR" in line]
    assert ".html:" in faults[0]
    assert '<img src="https://elsewhere.example/pixel.png" alt=""> loads from elsewhere.' in faults[0]
    assert "put a copy of the file beside the page" in faults[0]
    assert any("Mermaid draws" in fault for fault in faults)
    assert f" {len(faults)} faults" in count
    assert "Traceback" not in result.stderr


def test_page_that_loads_its_own_files_only_is_built_with_a_policy(tmp_path: Path) -> None:
    result = build(tmp_path, "# Home")
    assert result.returncode == 0, result.stderr
    assert "Content-Security-Policy" in (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "Content-Security-Policy" in (tmp_path / "site" / "_headers").read_text("utf-8")
