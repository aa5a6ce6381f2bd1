"""One copy of the project for all that is done in one."""

import pytest

from tests.architecture.copied import Copy


@pytest.fixture(scope="session")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The project, copied."""
    return Copy(tmp_path_factory.mktemp("copy") / "project")
