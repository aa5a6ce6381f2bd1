"""From the plan to the import: prepare, review, apply, with progress all along."""

import streamlit as st

from graph_schema.wording import number
from importers import Outcome, Plan, Progress, plan, run, write_faults
from importers.progress import Watch
from ui import frame, notices, session
from ui.screens.imports import outcomes, runs
from ui.screens.imports.draft import Draft
from ui.screens.imports.turn import alone


def show_review(draft: Draft) -> None:
    """Draw the step that the draft has reached."""
    if draft.trouble is not None:
        trouble, draft.trouble = draft.trouble, None
        with frame.guard():
            raise trouble
    if draft.report is not None:
        _result(draft)
    elif draft.applying:
        _apply(draft)
    elif draft.plan is not None:
        _planned(draft, draft.plan)
    elif st.button("Voir ce qui serait fait", key="import-plan", type="primary", icon=":material/fact_check:"):
        _prepare(draft)


def _prepare(draft: Draft) -> None:
    with write_faults(draft.faults) as hear:
        draft.plan = plan(session.network(), draft.paths, draft.mapping, _bar("Comparaison"), hear)
    st.rerun()


def _planned(draft: Draft, planned: Plan) -> None:
    if planned.before is not None and not planned.before.finished:
        notices.info("L'import de ces mêmes fichiers a été interrompu : il reprendra où il s'était arrêté.")
    elif planned.before is not None:
        notices.info(f"Ces mêmes fichiers ont déjà été importés le {runs.moment(planned.before.started)}.")
    outcomes.show_outcomes(planned.tally, draft.faults, done=False)
    cut_short = planned.before is not None and not planned.before.finished
    if planned.empty and not cut_short:
        waits = planned.tally.rows[Outcome.CONFLICT] or planned.tally.rows[Outcome.REFUSED]
        notices.success(
            "Rien d'autre à importer." if waits else "Le réseau sait déjà tout cela : il n'y a rien à importer."
        )
        return
    st.button("Importer", key="import-apply", type="primary", icon=":material/upload:", on_click=_begin, args=(draft,))


def _begin(draft: Draft) -> None:
    draft.applying = True


def _apply(draft: Draft) -> None:
    """Import; whatever makes the page run again meanwhile, the import goes on where it was."""
    st.caption("Ce qui est écrit est entier à chaque étape ; interrompu, l'import reprend où il s'était arrêté.")
    watch = _bar("Import")
    with alone():
        if draft.applying:  # still, after the wait
            _write(draft, watch)
    st.rerun()


def _write(draft: Draft, watch: Watch) -> None:
    try:
        with write_faults(draft.faults) as hear:
            draft.report = run(session.network(), draft.paths, draft.mapping, watch, hear)
    except Exception as error:
        draft.plan, draft.trouble = None, error  # what was planned may be half done: it is to be planned again
    else:
        draft.clear_files()
    draft.applying = False


def _result(draft: Draft) -> None:
    report = draft.report
    assert report is not None
    if runs.is_undone(report.run):
        notices.info("Cet import est annulé.")
        return
    if report.resumed:
        notices.info("Cet import avait été interrompu : il a repris où il s'était arrêté.")
    outcomes.show_outcomes(report.tally, draft.faults, done=True)
    if report.run is None:
        notices.success("Le réseau savait déjà tout cela : rien n'a changé.")
    else:
        runs.undo_control(report.run, "result")


def _bar(words: str) -> Watch:
    bar = st.progress(0.0, f"{words}…")

    def tell(done: Progress) -> None:
        share = min(1.0, done.position / done.total) if done.total else 0.0
        bar.progress(share, f"{words} : {number(done.rows)} lignes lues, {done.file}")

    return tell
