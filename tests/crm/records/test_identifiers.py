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
    phone_region,
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


@pytest.mark.parametrize("zeros", [3, 4, 5])
def test_more_lost_zeros_than_two_are_never_put_back_whatever_the_key_says(zeros: int) -> None:
    assert check_siret(SIRET[zeros:]).state is Trust.FORMAT
    assert check_siren(SIRET[:9][zeros:]).state is Trust.FORMAT


def test_no_siren_becomes_a_siret_nor_a_siret_a_siren() -> None:
    """One SIREN in ten is, with five zeros before it, right by the key of Luhn."""
    sirens = [f"{n:08d}" + luhn.calc_check_digit(f"{n:08d}") for n in range(30_000_000, 30_002_000)]
    assert {check_siret(siren).state for siren in sirens} == {Trust.FORMAT}
    assert check_siren(SIRET).state is Trust.FORMAT


@pytest.mark.parametrize(
    "written",
    [f"SIRET : {SIRET}", "N° SIRET 000 000 018 00010", "000\u00a0000\u00a0018\u00a000010", "000\u202f000\u202f01800010",
     "000'000'018'00010", "000’000’018’00010", f"'{SIRET}", f"{SIRET} (siège)", f"Siret n°{SIRET} - Lens",
     "000-000-018-00010", f"SIRET {SIRET}, NAF 85.59A"],
)  # fmt: skip
def test_what_stands_around_a_number_is_read_through(written: str) -> None:
    assert check_siret(written) == Checked(SIRET, Trust.VALID)


@pytest.mark.parametrize("written", ["RCS Lens 000 000 018", "SIREN : 000000018", "FR66000000018", "FR 66 000 000 018"])
def test_a_siren_is_read_from_a_register_or_a_vat_number(written: str) -> None:
    assert check_siren(written) == Checked("000000018", Trust.VALID)


@pytest.mark.parametrize("written", ["FR67000000018", f"{SIRET} / 00000002600013", "A00000001800010", "SIRET 1800010"])
def test_what_is_not_surely_one_number_is_told(written: str) -> None:
    assert check_siren(written).state is check_siret(written).state is Trust.FORMAT


@pytest.mark.parametrize("written", ["12345700000000", "12345678900000", "35600000000000", "12300000000000.0"])
def test_a_number_that_ends_in_five_zeros_was_rounded(written: str) -> None:
    checked = check_siret(written)
    assert checked.state is Trust.FORMAT
    assert "arrondi par le tableur" in checked.message


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
        (check_phone, "01 99 00 12 34 x12", "01 99 00 12 34 poste 12"),
        (check_phone, "01 99 00 12 34 pst 12", "01 99 00 12 34 poste 12"),
        (check_phone, "33612345678", "06 12 34 56 78"), (check_phone, "+41 22 345 67 89", "+41 22 345 67 89"),
        (check_phone, "+1 202 555 01 23", "+1 202-555-0123"), (check_phone, "0692 12 34 56", "06 92 12 34 56"),
        (check_phone, "692123456", "06 92 12 34 56"), (check_phone, "+262 692 12 34 56", "06 92 12 34 56"),
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


@pytest.mark.parametrize(
    ("postal_code", "written", "official"),
    [
        ("97500", "41 23 45", "+508 41 23 45"), ("98800", "26 12 34", "+687 26.12.34"),
        ("98713", "40 12 34 56", "+689 40 12 34 56"), ("98600", "72 12 34", "+681 72 12 34"),
        ("97400", "0692 12 34 56", "06 92 12 34 56"), ("62300", "03 21 00 00 00", "03 21 00 00 00"),
        ("98800", "+33 3 21 00 00 00", "03 21 00 00 00"),
    ],
)  # fmt: skip
def test_a_number_that_says_no_country_is_of_that_of_its_postal_code(
    postal_code: str, written: str, official: str
) -> None:
    checked = check_phone(written, phone_region(postal_code))
    assert (checked.value, checked.state) == (official, Trust.VALID)


def test_a_wrong_letter_of_a_school_number_is_marked() -> None:
    assert check_uai("0750655F").state is Trust.CHECKSUM
