"""The rules of the field that every planted record obeys; each yields the records that break it."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from stdnum.fr import siren, siret

from crm.demo.names import COLLEAGUES
from crm.network import Network
from graph_schema.agreements import AgreementKind
from graph_schema.committees import ActionStatus, MinutesStatus
from graph_schema.evidence import EvidenceKind, EvidenceStatus, Phase
from graph_schema.exchanges import Direction, FeedbackKind
from graph_schema.programmes import NOT_AT_WORK, PlacementKind, ProgrammeCategory
from graph_schema.records import LinkRecord, NodeRecord, Record
from graph_schema.vocabularies import FUNCTIONS_OF_KIND, Family, Function, Kind

SERVES: dict[EvidenceKind, frozenset[str]] = {
    EvidenceKind.MEETING: frozenset({"28", "26"}),
    EvidenceKind.MINUTES: frozenset({"28", "26"}),
    EvidenceKind.LIST: frozenset({"28"}),
    EvidenceKind.AGREEMENT: frozenset({"28", "26"}),
    EvidenceKind.EMPLOYMENT: frozenset({"28", "12", "29"}),
    EvidenceKind.BOOKLET: frozenset({"28", "10", "13"}),
    EvidenceKind.INFORMATION: frozenset({"28"}),
    EvidenceKind.VISIT: frozenset({"28", "10", "13"}),
    EvidenceKind.EXCHANGE: frozenset({"28", "14", "24", "26"}),
    EvidenceKind.INVITATION: frozenset({"24", "26"}),
    EvidenceKind.SURVEY: frozenset({"28", "30"}),
    EvidenceKind.CERTIFICATE: frozenset({"28"}),
    EvidenceKind.COUNCIL: frozenset({"20", "28"}),
    EvidenceKind.SUBCONTRACT: frozenset({"27"}),
    EvidenceKind.ACTION_PLAN: frozenset({"28", "31", "32"}),
}
"""The indicators that a proof of each kind may serve, after the field's table."""


class Planted:
    """Every record of a network, by id and by what they are tied to."""

    def __init__(self, network: Network, on: date) -> None:
        self.on = on
        self.nodes: dict[str, NodeRecord] = {}
        self.links: defaultdict[str, list[LinkRecord]] = defaultdict(list)
        for record in network.read(lambda tx: list(tx.records())):
            if isinstance(record, LinkRecord):
                self.links[record.type].append(record)
            else:
                self.nodes[record.id] = record

    def of(self, type: str) -> Iterator[NodeRecord]:
        """The nodes of a type."""
        return (node for node in self.nodes.values() if node.type == type)

    def ends(self, id: str, *types: str) -> list[NodeRecord]:
        """What links of these types lead to or from."""
        return [self.nodes[other] for type in types for other in self._around.get((id, type), ())]

    def day(self, record: Record, name: str) -> date | None:
        """A date of a record."""
        text = record.values.get(name)
        return date.fromisoformat(str(text)) if text else None

    def last(self, placement: NodeRecord) -> date | None:
        """The last day of a period at work, broken or not."""
        return self.day(placement, "broken_on") or self.day(placement, "ends_on")

    @cached_property
    def _around(self) -> dict[tuple[str, str], list[str]]:
        found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for type, links in self.links.items():
            for link in links:
                found[link.source, type].append(link.target)
                found[link.target, type].append(link.source)
        return found


Rule = Callable[[Planted], Iterator[object]]


def proofs_of_a_file_that_exists(planted: Planted) -> Iterator[object]:
    """No vault yet: a digest, a size or a name would be of a file that does not exist."""
    yield from (e.id for e in planted.of("Evidence") if {"sha256", "size", "file_name"} & e.values.keys())


def proofs_name_a_partner(planted: Planted) -> Iterator[object]:
    """« Attributable »: an organisation is among what it attests."""
    for proof in planted.of("Evidence"):
        if not [each for each in planted.ends(proof.id, "Proves") if each.type == "Organisation"]:
            yield proof.id


def proofs_are_dated_or_drafts(planted: Planted) -> Iterator[object]:
    """A validated proof has the date of its fact, is filed after it, and nothing of it is to come."""
    for proof in planted.of("Evidence"):
        fact, filed = planted.day(proof, "fact_on"), planted.day(proof, "filed_on")
        validated = proof.values["status"] == EvidenceStatus.VALIDATED
        if validated != bool(fact) or not filed or filed > planted.on or (fact and fact > filed):
            yield proof


def proofs_serve_the_indicators_of_their_kind(planted: Planted) -> Iterator[object]:
    """Phases and purposes are those of indicator 28: there where it is served, and only there."""
    for proof in planted.of("Evidence"):
        served = set(_texts(proof, "indicators"))
        cell = bool(proof.values.get("phase")), bool(proof.values.get("purpose"))
        if not served or not served <= SERVES[EvidenceKind(str(proof.values["kind"]))] or cell != ("28" in served,) * 2:
            yield proof


def proofs_of_alternance_attest_alternance(planted: Planted) -> Iterator[object]:
    """A livret and the coordination of alternance are of alternance; a visit was made, a livret given."""
    for proof in planted.of("Evidence"):
        placements = [each for each in planted.ends(proof.id, "Proves") if each.type == "Placement"]
        kinds = {each.values["kind"] for each in placements}
        booklet = proof.values["kind"] == EvidenceKind.BOOKLET
        if (booklet or {"12", "13"} & set(_texts(proof, "indicators"))) and kinds != {PlacementKind.WORK_STUDY}:
            yield proof
        if booklet and not all(each.values.get("booklet") for each in placements):
            yield proof
        if proof.values["kind"] == EvidenceKind.VISIT and not (
            placements and all(e.values["visits"] for e in placements)
        ):
            yield proof


def proofs_are_of_the_phase_that_their_date_says(planted: Planted) -> Iterator[object]:
    """Before a period at work, during it, or after its end."""
    for proof in planted.of("Evidence"):
        fact, phases = planted.day(proof, "fact_on"), set(_texts(proof, "phase"))
        for placement in planted.ends(proof.id, "Proves"):
            if fact is None or not phases or placement.type != "Placement":
                continue
            start, last = planted.day(placement, "starts_on"), planted.last(placement)
            assert start
            real = Phase.BEFORE if fact < start else Phase.AFTER if last and fact > last else Phase.DURING
            if phases != {real}:
                yield proof, placement
        for other in planted.ends(proof.id, "Proves"):
            if other.type == "Programme" and fact:
                begins, ends = planted.day(other, "starts_on"), planted.day(other, "ends_on")
                if (begins and fact >= begins and Phase.BEFORE in phases) or (
                    ends and fact > ends and phases != {Phase.AFTER}
                ):
                    yield proof, other


def proofs_attest_what_they_name(planted: Planted) -> Iterator[object]:
    """The host of the period, the party to the agreement, those present at the meeting; what the kind is about."""
    for proof in planted.of("Evidence"):
        kind, attested = EvidenceKind(str(proof.values["kind"])), planted.ends(proof.id, "Proves")
        partners = {each.id for each in attested if each.type == "Organisation"}
        for each in attested:
            if each.type == "Placement" and not partners & {o.id for o in planted.ends(each.id, "HostedBy")}:
                yield proof, each
            if each.type == "Agreement":
                same = each.values["kind"] == AgreementKind.SUBCONTRACT
                if (
                    partners != {o.id for o in planted.ends(each.id, "PartyTo")}
                    or (kind is EvidenceKind.SUBCONTRACT) != same
                ):
                    yield proof, each
        types = {each.type for each in attested}
        asked = {
            EvidenceKind.MINUTES: "Meeting", EvidenceKind.COUNCIL: "Meeting", EvidenceKind.AGREEMENT: "Agreement",
            EvidenceKind.SUBCONTRACT: "Agreement", EvidenceKind.SURVEY: "Feedback", EvidenceKind.ACTION_PLAN: "Action",
            EvidenceKind.BOOKLET: "Placement", EvidenceKind.CERTIFICATE: "Placement",
        }.get(kind)  # fmt: skip
        if asked and asked not in types:
            yield proof
        employs = any(planted.nodes[id].values["kind"] == Kind.EMPLOYMENT for id in partners)
        if kind is EvidenceKind.EMPLOYMENT and not employs:
            yield proof
        disability = any(_of_disability(planted.nodes[id]) for id in partners)
        if "26" in _texts(proof, "indicators") and kind is not EvidenceKind.MINUTES and not disability:
            yield proof


def proofs_of_minutes_are_validated(planted: Planted) -> Iterator[object]:
    """Minutes are validated after the meeting, and only then become a proof; a PV is of a conseil."""
    for minutes in planted.of("Minutes"):
        (meeting,) = planted.ends(minutes.id, "MinutesOf")
        held, validated = planted.day(meeting, "held_on"), planted.day(minutes, "validated_on")
        assert held
        if (minutes.values["status"] == MinutesStatus.VALIDATED) != bool(validated) or held > planted.on:
            yield minutes
        if validated and not held < validated <= planted.on:
            yield minutes
    for proof in planted.of("Evidence"):
        if proof.values["kind"] in (EvidenceKind.MINUTES, EvidenceKind.COUNCIL):
            attested = planted.ends(proof.id, "Proves")
            (meeting,), (minutes,) = ([e for e in attested if e.type == type] for type in ("Meeting", "Minutes"))
            (committee,) = planted.ends(meeting.id, "MeetingOf")
            council = committee.values["kind"] == "conseil_perfectionnement"
            filed, validated = planted.day(proof, "filed_on"), planted.day(minutes, "validated_on")
            if (
                not validated
                or not filed
                or filed < validated
                or council != (proof.values["kind"] == EvidenceKind.COUNCIL)
            ):
                yield proof
            if planted.day(proof, "fact_on") != planted.day(meeting, "held_on"):
                yield proof


def meetings_gather_members(planted: Planted) -> Iterator[object]:
    """Nobody attends a meeting to come; a person who attends works somewhere that day; each once."""
    for link in planted.links["Attended"]:
        held = planted.day(planted.nodes[link.target], "held_on")
        assert held
        if held > planted.on:
            yield link
        if planted.nodes[link.source].type == "Person" and not _works(planted, link.source, held):
            yield link
    pairs = [(link.source, link.target) for link in planted.links["Attended"]]
    yield from (pair for pair in pairs if pairs.count(pair) > 1)


def agreements_are_signed_and_ended_in_order(planted: Planted) -> Iterator[object]:
    """Sent, signed, in force, ended; who signs works for a party that day; every one has a party."""
    for one in planted.of("Agreement"):
        names = ("sent_on", "signed_on", "effective_on", "terminated_on")
        days = [day for name in names if (day := planted.day(one, name))]
        if days != sorted(days) or any(day > planted.on for day in days):
            yield one
        signed, ends = planted.day(one, "signed_on"), planted.day(one, "ends_on")
        if (ends and not signed) or (signed and ends and ends <= signed) or not planted.ends(one.id, "PartyTo"):
            yield one
        parties = {each.id for each in planted.ends(one.id, "PartyTo")}
        for person in planted.ends(one.id, "Signed"):
            if not signed or not _works(planted, person.id, signed, parties):
                yield one, person
        company = all(_family(planted.nodes[id]) is Family.COMPANY for id in parties)
        if one.values.get("number") and (one.values["kind"] == AgreementKind.PARTNERSHIP) == company:
            yield one


def programmes_say_why_they_have_no_period_at_work(planted: Planted) -> Iterator[object]:
    """« Sans objet » has its reason; a VAE or a bilan never has a period at work, and nothing is hosted for it."""
    for one in planted.of("Programme"):
        if bool(one.values["at_work"]) == ("not_applicable_reason" in one.values):
            yield one
        if ProgrammeCategory(str(one.values["category"])) in NOT_AT_WORK and one.values["at_work"]:
            yield one
        if not one.values["at_work"] and planted.ends(one.id, "PlacementIn", "Proves"):
            yield one


def placements_are_of_the_form_that_their_action_has(planted: Planted) -> Iterator[object]:
    """Alternance, and its livret, in apprenticeships only; dates in order; one host, one tutor."""
    for one in planted.of("Placement"):
        (programme,), hosts = planted.ends(one.id, "PlacementIn"), planted.ends(one.id, "HostedBy")
        alternance = one.values["kind"] == PlacementKind.WORK_STUDY
        apprenticed = programme.values["category"] == ProgrammeCategory.APPRENTICESHIP
        if (alternance and not apprenticed) or bool(one.values.get("booklet")) > alternance:
            yield one
        start, end, broken = (planted.day(one, name) for name in ("starts_on", "ends_on", "broken_on"))
        assert start
        if (
            start > planted.on
            or (end and end < start)
            or (broken and not (start <= broken <= min(end or broken, planted.on)))
        ):
            yield one
        visits = one.values.get("visits", 0)
        if not isinstance(visits, int) or (visits and start > planted.on - timedelta(days=7)):
            yield one
        if len(hosts) != 1 or len(planted.ends(one.id, "TutoredBy")) > 1 or _family(hosts[0]) is Family.BRANCH:
            yield one


def exchanges_are_past_and_with_someone(planted: Planted) -> Iterator[object]:
    """Nothing to come; someone took part; those who did worked there; what is left open keeps its sentence."""
    for one in planted.of("Exchange"):
        day, involved = planted.day(one, "on"), planted.ends(one.id, "Involves")
        assert day
        if day > planted.on or not involved:
            yield one
        if ("channel" not in one.values or one.values["direction"] == Direction.UNKNOWN) and not one.values.get("said"):
            yield one


def exchanges_concern_what_their_partners_have(planted: Planted) -> Iterator[object]:
    """A period at work that had begun, an agreement that was signed, of a partner who took part; an action of ours."""
    for link in planted.links["Concerns"]:
        exchange, subject = planted.nodes[link.source], planted.nodes[link.target]
        involved = {each.id for each in planted.ends(exchange.id, "Involves")}
        on = planted.day(exchange, "on")
        assert on
        begun = planted.day(subject, "starts_on") or planted.day(subject, "signed_on")
        theirs = {each.id for each in planted.ends(subject.id, "HostedBy", "PartyTo")}
        if subject.type != "Programme" and not (begun and begun <= on and involved & theirs):
            yield link


def feedback_follows_what_it_is_about(planted: Planted) -> Iterator[object]:
    """Past, and after the period at work began; a complaint gets an answer, done after it was said."""
    for one in planted.of("Feedback"):
        day = planted.day(one, "on")
        assert day
        about = planted.ends(one.id, "FeedbackOn")
        starts = [start for each in about if (start := planted.day(each, "starts_on"))]
        if day > planted.on or len(about) != 1 or any(day < start for start in starts):
            yield one
        answers = planted.ends(one.id, "FollowsUp")
        if one.values["kind"] == FeedbackKind.COMPLAINT and not answers:
            yield one
        yield from (one for each in answers if (done := planted.day(each, "done_on")) and done < day)


def actions_are_done_or_not(planted: Planted) -> Iterator[object]:
    """Done has a day, not to come; what changed a training action was done, that very day; a colleague is in charge."""
    for one in planted.of("Action"):
        done = planted.day(one, "done_on")
        if (one.values["status"] == ActionStatus.DONE) != bool(done) or (done and done > planted.on):
            yield one
        if one.values["owner"] not in COLLEAGUES:
            yield one
    for link in planted.links["Changes"]:
        if planted.day(planted.nodes[link.source], "done_on") != planted.day(link, "valid_from"):
            yield link


def functions_and_identifiers_fit_the_kind(planted: Planted) -> Iterator[object]:
    """SIREN and SIRET hold and belong to nobody; a function is added to those of the kind, never against them."""
    for one in planted.of("Organisation"):
        kind, own = Kind(str(one.values["kind"])), set(_texts(one, "functions"))
        number = str(one.values["siret"])
        if not (siret.is_valid(number) and siren.is_valid(number[:9]) and number.startswith("000")):
            yield one
        if one.values["siren"] != number[:9]:
            yield one
        if own and not set(FUNCTIONS_OF_KIND[kind]) <= own and kind is not Kind.ASSOCIATION:
            yield one
        if kind is Kind.COMPANY and own - {Function.EMPLOYER}:
            yield one


def roles_are_held_in_order(planted: Planted) -> Iterator[object]:
    """A link ends after it begins, and has begun."""
    for link in (link for links in planted.links.values() for link in links):
        first, last = planted.day(link, "valid_from"), planted.day(link, "valid_to")
        if (first and first > planted.on) or (first and last and last < first):
            yield link


RULES: tuple[Rule, ...] = (
    proofs_of_a_file_that_exists, proofs_name_a_partner, proofs_are_dated_or_drafts,
    proofs_serve_the_indicators_of_their_kind, proofs_of_alternance_attest_alternance,
    proofs_are_of_the_phase_that_their_date_says, proofs_attest_what_they_name, proofs_of_minutes_are_validated,
    meetings_gather_members, agreements_are_signed_and_ended_in_order, programmes_say_why_they_have_no_period_at_work,
    placements_are_of_the_form_that_their_action_has, exchanges_are_past_and_with_someone,
    exchanges_concern_what_their_partners_have,
    feedback_follows_what_it_is_about, actions_are_done_or_not, functions_and_identifiers_fit_the_kind,
    roles_are_held_in_order,
)  # fmt: skip


def _texts(record: Record, name: str) -> list[str]:
    found: Any = record.values.get(name, [])
    return [str(each) for each in found]


def _family(organisation: NodeRecord) -> Family:
    return Kind(str(organisation.values["kind"])).family


def _of_disability(organisation: NodeRecord) -> bool:
    kind = Kind(str(organisation.values["kind"]))
    return kind in (Kind.DISABILITY, Kind.ADAPTED) or Function.DISABILITY in _texts(organisation, "functions")


def _works(planted: Planted, person: str, day: date, where: set[str] | None = None) -> bool:
    """Whether someone works that day (there)."""
    for link in planted.links["WorksFor"]:
        if link.source == person and (where is None or link.target in where):
            first, last = planted.day(link, "valid_from"), planted.day(link, "valid_to")
            if (first is None or first <= day) and (last is None or last >= day):
                return True
    return False
