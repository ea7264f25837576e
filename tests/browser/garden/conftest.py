"""The site about a garden in the place of the real one, for what no checker of mail has to show."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.browser.conftest import SiteServer, build_site, serving

_GARDEN = Path(__file__).parent


@pytest.fixture(scope="session")
def built_site(made_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """The folder of the site, built once for all processes."""
    checkers = str(_GARDEN / "checkers")
    return made_once("garden", lambda folder: build_site(_GARDEN, folder, PYTHONPATH=checkers))


@pytest.fixture(scope="session")
def site_server(built_site: Path) -> Iterator[SiteServer]:
    """The server, one for each process."""
    with serving(built_site) as site:
        yield site
