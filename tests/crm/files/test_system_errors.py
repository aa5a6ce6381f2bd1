"""What the system refuses is said in French."""

import errno
import os

import pytest

from crm.files.system_errors import reason


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC, errno.EISDIR, errno.EROFS, errno.EADDRNOTAVAIL])
def test_a_known_reason_is_not_what_the_system_says(number: int) -> None:
    said = reason(OSError(number, os.strerror(number)))
    assert said
    assert os.strerror(number) not in said
    assert str(number) not in said


def test_any_other_is_told_by_its_number_if_it_has_one() -> None:
    assert reason(OSError(9999, "Never heard of")) == "erreur 9999 du système"
    assert reason(OSError("no number")) == "erreur du système"
    assert reason(TimeoutError()) == "pas de réponse à temps"
