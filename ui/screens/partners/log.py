"""« Consigner un échange », from a sheet."""

import streamlit as st

from crm.sheet import Sheet, sheet
from ui import exchange_form, frame, session
from ui.exchange_form import Party
from ui.look import freshness_mark
from ui.screens.partners import where


def show(shown: Sheet) -> None:
    """Draw the form; once saved, say how fresh the relation now is."""
    done = exchange_form.draw(shown.record.id, parties(shown))
    if done:
        after = sheet(session.network(), shown.record.id, session.day()).freshness
        state = f" : {freshness_mark(after.state).word.lower()}" if after else ""
        frame.saved(f"Échange consigné avec {shown.caption}{state}.", done.commit)
        where.done()
        st.rerun()


def parties(shown: Sheet) -> list[Party]:
    """With whom the exchange may have been: the people of an organisation, or a person in each of their roles."""
    id = shown.record.id
    roles = [tie for tie in shown.roles if tie.current]
    if shown.record.type == "Person":
        at_work = [Party(f"pour {tie.caption}", (tie.other.id,), (id,)) for tie in roles]
        return [*at_work, Party("sans organisation", (), (id,))]
    staff = [Party(tie.caption, (id,), (tie.other.id,)) for tie in roles]
    return [*staff, Party("le partenaire, sans préciser", (id,))]
