"""« Réglages » is read, changed, refused and disputed the same, whatever keeps the network."""

from crm.network import Network, provider
from graph_schema.providers import Provider
from tests.ui.application import errors, field, opened, words
from tests.ui.screens.both_stores.stores import everything, on_both_stores


def ours(network: Network) -> Provider:
    """Our record as it is kept."""
    return network.read(provider.load)


def figures() -> list[str]:
    """The first sentence of « Aujourd'hui », and all that « Territoire » says."""
    return [next(html.value for html in opened().html if "sentence" in html.value), words(opened("territoire"))]


@on_both_stores
def test_a_zone_and_a_threshold_change_every_measure_and_come_back(network: Network) -> list[str]:
    before, measured = ours(network), figures()
    app = opened("reglages")
    found = everything(app)
    field(app, "Zone desservie").set_value(["departement:62"])
    field(app, "Rang A, maximum").set_value(200)
    app.button(key="settings-save").click().run()
    found += everything(app)
    assert (ours(network).zone, ours(network).maximum_a) == (["departement:62"], 200)
    changed = figures()
    assert all(now != then for now, then in zip(changed, measured, strict=True))
    app.button(key="frame-undo").click().run()
    assert ours(network) == before
    assert field(app, "Rang A, maximum").value == before.maximum_a
    assert field(app, "Zone desservie").value == before.zone
    assert figures() == measured
    return [*found, *measured, *changed, *everything(app)]


@on_both_stores
def test_every_fault_is_told_and_what_was_typed_stays(network: Network) -> list[str]:
    before = ours(network)
    app = opened("reglages")
    field(app, "SIRET").set_value("12 34")
    field(app, "Rang A, maximum").set_value(4000)
    app.button(key="settings-save").click().run()
    told = errors(app)
    assert "« SIRET »" in told[0]
    assert "« Rang A, maximum » doit être au plus 3650." in told[0]
    field(app, "SIRET").set_value(before.siret)
    field(app, "Rang A, maximum").set_value(20)
    app.button(key="settings-save").click().run()
    told += errors(app)
    assert told[1:] == ["« Rang A, idéal » (30 jours) doit être au plus « Rang A, maximum » (20 jours)."]
    assert ours(network) == before
    assert field(app, "Rang A, maximum").value == 20
    return told


@on_both_stores
def test_a_value_that_others_saved_meanwhile_is_told_before_it_goes(network: Network) -> list[str]:
    app = opened("reglages")
    provider.save(network, {"name": "Organisme Imaginaire"})
    field(app, "Nom").set_value("Organisme Fictif")
    app.button(key="settings-save").click().run()
    (told,) = errors(app)
    assert "Organisme Imaginaire" in told
    assert ours(network).name == "Organisme Imaginaire"
    app.button(key="settings-save").click().run()
    assert ours(network).name == "Organisme Fictif"
    return [told, *everything(app)]
