"""The part of « Réglages » where administrators list, add, change and remove accounts."""

from collections.abc import Callable

import streamlit as st

from crm.errors import Reseau28Error
from crm.network.rights import Right, Role
from ui import account_acts, forms, frame, session, typography
from ui.accounts import SHORTEST_PASSWORD
from ui.markup import cell, element, heading, join, table

_NEW = f"{SHORTEST_PASSWORD} caractères au moins ; à dire à la personne, qui le change ensuite"


def draw_accounts() -> None:
    """Draw the accounts and what is done with them; nothing for who may not, nor on a day gone by."""
    if not session.actor().may(Right.ACCOUNTS) or session.is_past():
        return
    known = {account.name: account.role for account in account_acts.listed(session.actor())}
    rows = ((cell(name, class_="name"), cell(role.label)) for name, role in known.items())
    none = element("p", "Aucun compte : chacun travaille ici sans se connecter.", class_="empty")
    st.html(join(heading("Comptes"), table(("Nom", "Rôle"), rows) if known else none))
    with st.expander("Ajouter un compte", icon=":material/person_add:"):
        _add()
    if known:
        with st.expander("Changer ou supprimer un compte", icon=":material/manage_accounts:"):
            _change(known)


def _add() -> None:
    with st.form("account-add", border=False, clear_on_submit=False):
        left, right = st.columns(2)
        name = left.text_input("Nom du compte", key="account-name", autocomplete="off", max_chars=100)
        roles = list(Role)
        role = right.selectbox("Rôle du compte", roles, roles.index(Role.READER), key="account-role",
                               format_func=_label)  # fmt: skip
        password = st.text_input(
            "Premier mot de passe", key="account-password", type="password", autocomplete="new-password", help=_NEW
        )
        sent = st.form_submit_button("Ajouter le compte", key="account-send", type="primary")
    if sent:
        _do(lambda: account_acts.create(session.actor(), name, role, password), f"Compte de {name.strip()} ajouté.",
            "account-name", "account-password")  # fmt: skip


def _change(known: dict[str, Role]) -> None:
    name = st.selectbox("Compte", list(known), key="account-which", format_func=typography.shown(str))
    by = session.actor()
    with st.form(f"account-role-{name}", border=False):
        roles = list(Role)
        role = st.selectbox("Son rôle", roles, roles.index(known[name]), key=f"account-new-role-{name}",
                            format_func=_label)  # fmt: skip
        if st.form_submit_button("Changer son rôle", key="account-give-role"):
            _do(
                lambda: account_acts.give_role(by, name, role),
                f"{name} : {role.label.lower()}. Ses sessions se ferment.",
            )
    with st.form(f"account-reset-{name}", border=False, clear_on_submit=True):
        password = st.text_input("Son nouveau mot de passe", key=f"account-new-password-{name}", type="password",
                                 autocomplete="new-password", help=_NEW)  # fmt: skip
        if st.form_submit_button("Donner ce mot de passe", key="account-reset"):
            _do(
                lambda: account_acts.reset(by, name, password),
                f"Mot de passe de {name} changé. Ses sessions se ferment.",
            )
    with st.popover("Supprimer ce compte", icon=":material/delete:", key="account-remove"):
        st.html(element("p", f"{name} ne pourra plus se connecter. Ce que son compte a fait reste au journal."))
        if st.button("Supprimer", key="account-remove-yes", type="primary"):
            _do(lambda: account_acts.remove(by, name), f"Compte de {name} supprimé.", "account-which")


def _do(act: Callable[[], None], said: str, *forgotten: str) -> None:
    """Do it and say so; what was typed is kept only where it is refused."""
    try:
        act()
    except Reseau28Error as error:
        forms.tell(error)
        return
    for key in forgotten:
        st.session_state.pop(key, None)
    frame.saved(said, None)
    st.rerun()


_label = typography.shown(lambda role: Role(role).label)
