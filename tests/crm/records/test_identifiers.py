"""Identifiers are put in official form, checked, and repaired where a spreadsheet broke them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from crm.demo.identifiers import PHONE_RANGES
from crm.records.identifiers import (
    Checked,
    Trust,
    check_certification,
    check_departement,
    check_email,
    check_idcc,
    check_naf,
    check_nda,
    check_phone,
    check_siren,
    check_siret,
    check_uai,
    luhn_is_right,
)

SIRET = "00000001800010"
LA_POSTE = "35600000049837"


@pytest.mark.parametrize("written", [SIRET, "000 000 018 00010", "000.000.018.00010", " 000 000 018 00010 "])
def test_separators_do_not_matter(written: str) -> None:
    assert check_siret(written) == Checked(SIRET, Trust.VALID)


@pytest.mark.parametrize("written", ["1800010", "180001", "44306184100047"])
def test_a_siret_too_short_to_be_sure_of_its_zeros_is_refused(written: str) -> None:
    expected = Trust.VALID if len(written) == 14 else Trust.FORMAT
    assert check_siret(written).state is expected


def test_lost_leading_zeros_are_put_back_when_the_key_confirms_them() -> None:
    siren = "005520135"
    whole = siren + "0001" + luhn.calc_check_digit(siren + "0001")
    checked = check_siret(whole.lstrip("0"))
    assert (checked.value, checked.state, checked.repaired) == (whole, Trust.VALID, True)
    assert whole in checked.message


def test_a_number_that_a_spreadsheet_made_decimal_is_repaired() -> None:
    checked = check_siret("44306184100047.0")
    assert (checked.value, checked.repaired) == ("44306184100047", True)


@pytest.mark.parametrize("written", ["1,23E+13", "4.4306184E+13", "4,43E13"])
def test_a_rounded_number_is_refused_with_a_hint(written: str) -> None:
    checked = check_siret(written)
    assert checked.state is Trust.FORMAT
    assert "format Texte" in checked.message or "Texte" in checked.message


def test_a_wrong_key_is_kept_and_marked() -> None:
    assert check_siret("00000001800011").state is Trust.CHECKSUM
    assert check_siren("000000019") == Checked(
        "000000019",
        Trust.CHECKSUM,
        "La clé de contrôle du SIREN 000000019 est fausse : vérifiez-le, il est gardé tel quel.",
    )


def test_la_poste_follows_its_own_rule() -> None:
    assert not luhn_is_right(LA_POSTE)
    assert check_siret(LA_POSTE).state is Trust.VALID


@given(st.text("0123456789", min_size=1, max_size=20))
def test_our_key_of_luhn_is_that_of_stdnum(digits: str) -> None:
    assert luhn_is_right(digits) == luhn.is_valid(digits)


@pytest.mark.parametrize(
    ("check", "written", "official"),
    [
        (check_naf, "8559a", "85.59A"), (check_naf, "85.59A", "85.59A"), (check_idcc, "16", "0016"),
        (check_idcc, "IDCC 1486", "1486"), (check_uai, "0750655e", "0750655E"),
        (check_nda, "32 62 01234 62", "32620123462"),
        (check_certification, "rncp 37123", "RNCP37123"), (check_certification, "RS5678", "RS5678"),
        (check_departement, "2a", "2A"), (check_departement, "1", "01"),
        (check_email, "<mailto:C.Exemple@Exemple.FR>", "c.exemple@exemple.fr"),
        (check_phone, "0321000000", "03 21 00 00 00"), (check_phone, "+33 (0)3 21 00 00 00", "03 21 00 00 00"),
        (check_phone, "321000000", "03 21 00 00 00"), (check_phone, "+32 2 123 45 67", "+32 2 123 45 67"),
        (check_phone, "3949", "3949"), (check_phone, "Tél. : 03.21.00.00.00", "03 21 00 00 00"),
        (check_phone, "0033 (0) 3-21-00-00-00", "03 21 00 00 00"), (check_phone, "0032 2 123 45 67", "+32 2 123 45 67"),
        (check_phone, "33321000000", "03 21 00 00 00"), (check_phone, "321000000.0", "03 21 00 00 00"),
        # Overseas, as it is dialled in France; elsewhere with the country's code.
        (check_phone, "+590 590 12 34 56", "05 90 12 34 56"), (check_phone, "+262 (0)262 12 34 56", "02 62 12 34 56"),
        (check_phone, "+594 594 12 34 56", "05 94 12 34 56"), (check_phone, "+687 26 12 34", "+687 26.12.34"),
        # Behind the number: an extension stays, words go and lengthen nothing.
        (check_phone, "01 99 00 12 34 poste 12", "01 99 00 12 34 poste 12"),
        (check_phone, "+33 1 99 00 12 34 (poste n° 12)", "01 99 00 12 34 poste 12"),
        (check_phone, "01 99 00 12 34 #12", "01 99 00 12 34 poste 12"),
        (check_phone, "01 99 00 12 34 standard", "01 99 00 12 34"),
        (check_phone, "06 39 98 12 34 pro", "06 39 98 12 34"),
        # Those kept for fiction are possible numbers.
        *((check_phone, f"{start} 12 34", f"{start} 12 34") for start in PHONE_RANGES),
    ],
)  # fmt: skip
def test_official_forms(check: object, written: str, official: str) -> None:
    assert callable(check)
    checked = check(written)
    assert (checked.value, checked.state) == (official, Trust.VALID)


@pytest.mark.parametrize(
    ("check", "written"),
    [
        (check_naf, "855"), (check_idcc, "9999"), (check_idcc, "abc"), (check_uai, "750655E"), (check_nda, "123"),
        (check_certification, "37123"), (check_departement, "99"), (check_email, "exemple.fr"), (check_email, "a@b"),
        (check_phone, "12"), (check_phone, "62300"), (check_phone, "03 21 00 00 0"), (check_phone, "+33 3 21 00 00 0"),
        (check_phone, "01 99 00 12 34 bureau 12"), (check_phone, "01 99 00 12 34 / 06 39 98 12 34"),
        (check_phone, "20/11/2026"), (check_phone, "standard"), (check_siren, "12345678"),
        (check_siret, "pas de SIRET"),
    ],
)  # fmt: skip
def test_what_is_no_identifier_is_told_and_left_as_it_is(check: object, written: str) -> None:
    assert callable(check)
    checked = check(written)
    assert (checked.value, checked.state) == (written, Trust.FORMAT)
    assert checked.message


def test_a_wrong_letter_of_a_school_number_is_marked() -> None:
    assert check_uai("0750655F").state is Trust.CHECKSUM
