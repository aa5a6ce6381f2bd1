"""« Consigner » from anywhere: one key, one line, Enter; and what is not clear is asked before anything is saved."""

import re
from datetime import date, timedelta
from time import monotonic

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious
from tests.browser.demonstration import Window

SCREENS = {
    "/": ".call",
    "/partenaires": "table.partners",
    "/territoire": "table.upright",
    "/reglages": "text=Données de référence",
}


def heard(page: Page) -> str:
    """What was understood of the line, as the chips say it."""
    return " | ".join(
        page.locator("dialog .chip").evaluate_all(
            "all => all.map(chip => chip.querySelector('select')?.selectedOptions[0].text ?? chip.innerText)"
        )
    )


@pytest.mark.parametrize("path", SCREENS)
def test_an_exchange_is_logged_from_any_screen_in_three_actions_and_ten_seconds(window: Window, path: str) -> None:
    window.open(path, SCREENS[path])
    page = window.page
    begun = monotonic()
    page.keyboard.press("c")  # one
    page.keyboard.type("appelé Cap emploi Exemple du Nord hier : deux places", delay=30)  # two
    expect(page.locator("dialog .chips")).to_contain_text("hier")
    page.keyboard.press("Enter")  # three
    saved = page.locator(".st-key-saved")
    expect(saved).to_contain_text("Échange consigné avec Cap emploi Exemple du Nord")
    assert monotonic() - begun < 10
    expect(saved).to_contain_text("de nous")
    expect(page.get_by_role("dialog")).to_have_count(0)
    saved.get_by_role("button", name="Annuler").click()
    expect(saved).to_contain_text("Annulé")


def test_a_hasty_enter_waits_for_what_was_understood(window: Window) -> None:
    window.open("/partenaires", "table.partners")
    page = window.page
    page.get_by_role("button", name="Consigner", exact=True).click()
    page.keyboard.insert_text("visite chez Cap emploi Exemple du Nord")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-saved")).to_contain_text("visite du")
    page.locator(".st-key-saved").get_by_role("button", name="Annuler").click()


def test_what_was_understood_is_shown_and_corrected_before_saving(window: Window) -> None:
    window.open("/partenaires", "table.partners")
    page = window.page
    page.keyboard.press("c")
    page.keyboard.type("mail de Cap emploi lundi : places", delay=10)
    expect(page.locator(".problem")).to_contain_text("Plusieurs répondent au nom de « Cap emploi »")
    assert heard(page).split(" | ")[1:] == ["Courriel", "D’eux", "Cap emploi\u00a0?"]
    assert serious(page) == []
    page.get_by_label("Avec").select_option(label="Cap emploi Exemple du Nord · Service public de l’emploi · Lille")
    page.get_by_label("Canal").select_option(label="Visite")
    expect(page.locator(".problem")).to_have_text("")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".st-key-saved")).to_contain_text(re.compile("Cap emploi Exemple du Nord.*visite.*d’eux"))
    page.locator(".st-key-saved").get_by_role("button", name="Annuler").click()


def test_on_a_sheet_nobody_need_be_named(window: Window) -> None:
    window.open("/partenaires", "table.partners")
    page = window.page
    page.locator("table.partners a.name").nth(2).click()
    name = page.locator("header.sheet h1").inner_text().split("\n")[-1]
    window.settle()
    page.keyboard.press("c")
    page.keyboard.type("rdv hier : bilan", delay=10)
    expect(page.locator("dialog .chips")).to_contain_text(name)
    page.keyboard.press("Enter")
    expect(page.locator("table.exchanges")).to_contain_text("bilan")
    page.locator(".st-key-saved").get_by_role("button", name="Annuler").click()


def test_the_row_opens_the_same_form_and_an_unanswered_call_leaves_it_there(window: Window) -> None:
    window.open("/", ".call")
    page = window.page
    row = page.locator(".call").first
    name = row.locator("a.name").inner_text()
    row.get_by_role("link", name=f"Consigner un échange avec {name}").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.type("Pas de réponse, laissé un message sur le répondeur", delay=10)
    expect(page.locator("dialog .chips")).to_contain_text(name)
    assert heard(page).split(" | ")[1:3] == ["Appel", "De nous"]
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-saved")).to_contain_text(f"Échange consigné avec {name}")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".call").filter(has_text=name)).to_contain_text("sans réponse")
    page.locator(".st-key-saved").get_by_role("button", name="Annuler").click()


def test_a_row_s_form_is_closed_by_escape(window: Window) -> None:
    window.open("/", ".call")
    page = window.page
    page.locator(".call").first.get_by_role("link", name="Consigner un échange avec").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("consigner="))


def test_what_is_to_come_is_proposed_as_an_action_and_saved_by_enter(window: Window) -> None:
    window.open("/partenaires", "table.partners")
    page = window.page
    page.keyboard.press("c")
    page.keyboard.type("rappeler Cap emploi Exemple du Nord demain", delay=10)
    expect(page.get_by_label("À faire")).to_have_value("Rappeler Cap emploi Exemple du Nord demain")
    expect(page.locator("dialog .due")).to_contain_text("pour le")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-saved")).to_contain_text("Action ajoutée avec Cap emploi Exemple du Nord")
    page.locator(".st-key-saved").get_by_role("button", name="Annuler").click()


def test_what_is_to_be_done_is_corrected_with_its_day_then_saved_by_enter(window: Window) -> None:
    window.open("/partenaires", "table.partners")
    page = window.page
    due = date.today() + timedelta(days=40)
    page.keyboard.press("c")
    page.keyboard.type("appelé Cap emploi Exemple du Nord hier, rappeler demain", delay=10)
    title = page.get_by_label("À faire")
    expect(title).to_have_value(re.compile("Rappeler demain"))
    title.fill("")
    page.keyboard.type("Envoyer l'accord signé", delay=60)  # slow enough for answers to come back while typing
    expect(title).to_have_value("Envoyer l'accord signé")
    page.locator("dialog .due input").fill(due.isoformat())
    expect(page.locator("dialog .due")).to_contain_text(f"pour le {due:%d/%m/%Y}")
    assert serious(page) == []
    page.keyboard.press("Enter")
    saved = page.locator(".st-key-saved")
    expect(saved).to_contain_text(f"à faire pour le {due:%d/%m/%Y} : Envoyer l’accord signé".replace(" :", "\u00a0:"))
    saved.get_by_role("button", name="Annuler").click()


def test_what_is_to_be_done_is_declined_and_the_exchange_alone_is_kept(window: Window) -> None:
    window.open("/partenaires", "table.partners")
    page = window.page
    page.keyboard.press("c")
    page.keyboard.type("appelé Cap emploi Exemple du Nord hier, rappeler demain", delay=10)
    page.get_by_role("button", name="Ne pas garder").click()
    expect(page.get_by_label("À faire")).to_be_disabled()
    page.get_by_role("button", name="Enregistrer").click()
    saved = page.locator(".st-key-saved")
    expect(saved).to_contain_text("Échange consigné avec Cap emploi Exemple du Nord")
    expect(saved).not_to_contain_text("à faire")
    saved.get_by_role("button", name="Annuler").click()


def test_what_was_read_as_to_come_may_have_taken_place(window: Window) -> None:
    window.open("/partenaires", "table.partners")
    page = window.page
    page.keyboard.press("c")
    page.keyboard.type("rappeler Cap emploi Exemple du Nord demain", delay=10)
    page.get_by_role("button", name="Ne pas garder").click()
    expect(page.locator(".problem")).to_contain_text("Rien n’est à enregistrer")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("Un échange a déjà eu lieu").click()
    page.get_by_label("Sens").select_option(label="D’eux")
    expect(page.locator(".problem")).to_have_text("")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".st-key-saved")).to_contain_text(re.compile("Échange consigné avec Cap emploi.*d’eux"))
    page.locator(".st-key-saved").get_by_role("button", name="Annuler").click()


def test_what_it_was_about_is_chosen_before_saving_or_after(window: Window) -> None:
    window.open("/", ".call")
    page = window.page
    line = "visite chez Informatique Modèle hier, l’alternant va bien"
    page.keyboard.press("c")
    page.keyboard.type(line, delay=10)
    expect(page.locator(".problem")).to_contain_text("De quel accueil s’agissait-il")
    assert serious(page) == []
    page.locator("dialog .chip").filter(has_text="Accueil").first.locator("select").select_option(index=2)
    expect(page.locator(".problem")).to_have_text("")
    page.get_by_role("button", name="Enregistrer").click()
    saved = page.locator(".st-key-saved")
    expect(saved).to_contain_text("Échange consigné avec Informatique Modèle")
    expect(saved).not_to_contain_text("Reste à compléter")
    saved.get_by_role("button", name="Annuler").click()
    expect(saved).to_contain_text("Annulé")
    page.keyboard.press("c")
    page.keyboard.type(line, delay=10)
    page.keyboard.press("Enter")
    expect(saved).to_contain_text("Reste à compléter")
    page.get_by_role("link", name=re.compile("à compléter")).click()
    card = page.locator("[class*=st-key-pending-]").filter(has_text=line)
    card.get_by_role("button", name="Alternance APP").first.click()
    expect(card).to_have_count(0)


def test_nobody_of_that_name_is_asked_and_does_not_stop_saving(window: Window) -> None:
    window.open("/", ".call")
    page = window.page
    waiting = page.get_by_role("link", name=re.compile(r"\d+ échanges? à compléter"))
    before = int(waiting.inner_text().split()[0])
    page.keyboard.press("c")
    page.keyboard.type("appelé Quidam Introuvable ce matin", delay=10)
    expect(page.locator(".problem")).to_contain_text("« Quidam Introuvable » n’est pas dans votre réseau")
    expect(page.get_by_role("link", name="Ajouter « Quidam Introuvable »")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-saved")).to_contain_text("Reste à compléter")
    expect(waiting).to_have_text(f"{before + 1} échanges à compléter")
    page.locator(".st-key-saved").get_by_role("button", name="Annuler").click()


def test_someone_missing_is_added_beside_and_the_sentence_stays(window: Window) -> None:
    window.open("/partenaires", "table.partners")
    page = window.page
    page.keyboard.press("c")
    page.keyboard.type("appelé Quidam Introuvable ce matin", delay=10)
    with page.context.expect_page() as beside:
        page.get_by_role("link", name="Ajouter « Quidam Introuvable »").click()
    form = beside.value
    expect(form.get_by_label("Nom *", exact=True)).to_have_value("Quidam Introuvable")
    form.get_by_role("button", name="Ajouter", exact=True).click()
    expect(form.locator("header.sheet")).to_contain_text("Quidam Introuvable")
    form.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("dialog .chips")).to_contain_text("Quidam Introuvable · Entreprise")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".st-key-saved")).to_contain_text("Échange consigné avec Quidam Introuvable")


def test_nothing_is_logged_in_the_past(window: Window) -> None:
    window.open("/?date=2026-03-03", ".st-key-past")
    expect(window.page.get_by_role("button", name="Consigner", exact=True)).to_have_count(0)
    window.page.keyboard.press("c")
    expect(window.page.get_by_role("dialog")).to_have_count(0)
