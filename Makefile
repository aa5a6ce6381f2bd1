# The habits of the house. `make help` lists them. GNU make, any Python >= 3.11, the package registries: nothing else.
PYTHON ?= python3
BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
DEMO := .demo/reseau28.db
LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --quiet

# A demonstration network that failed half way is not kept.
.DELETE_ON_ERROR:
.PHONY: help env run test rules alterations kills lint bench docs lock clean
.DEFAULT_GOAL := help

help: ## les commandes, une par ligne
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

env: .venv/package.stamp ## l'environnement .venv, depuis les versions verrouillées
	@:
.venv/requirements.stamp: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 ou plus récent est nécessaire : make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@echo "Environnement .venv : création avec $$($(PYTHON) -V), puis installation des versions verrouillées (une à deux minutes)…"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements-dev.txt
	@touch $@
.venv/package.stamp: .venv/requirements.stamp pyproject.toml
	@echo "Environnement .venv : installation de reseau28 en mode édition…"
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-build-isolation --no-deps -e .
	@touch $@

run: env $(DEMO) ## l'application sur le réseau de démonstration (dossier .demo, jamais vos données)
	$(BIN)/reseau28 --store $(DEMO) serve
$(DEMO): | env
	@mkdir -p $(@D)
	$(BIN)/reseau28 --store $@ demo

test: env ## tous les essais, sur SQLite, sur un vrai Neo4j et dans Chromium
	@$(BIN)/python -m tests.prepare
	$(BIN)/python -m pytest -n 2 --dist loadgroup

rules: env ## les règles du métier sur toute la grande démonstration, une dizaine de minutes (RULES=M : plus petite)
	$(BIN)/python -m tests.crm.demo.whole $(or $(RULES),L)

alterations: env ## 2 000 altérations de chaque base et du coffre, une à une, que la vérification doit toutes trouver
	RESEAU28_ALTERATIONS=2000 $(BIN)/python -m pytest tests/crm/ledger/test_alterations.py tests/crm/vault/test_alterations.py -q

kills: env ## 50 migrations et 50 dépôts tués n'importe quand, qui ne doivent rien perdre (SEED=N : d'autres moments)
	RESEAU28_KILLS=50 RESEAU28_SEED=$(or $(SEED),28) $(BIN)/python -m pytest tests/kept tests/crm/vault -k killed -q

lint: env ## ruff, mypy strict, contrats d'import
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: env ## les mesures, en rapports à un plancher pris dans le même passage (BENCH="--size L" : à cette taille)
	$(BIN)/python -m benchmarks $(BENCH)

docs: env ## les pages engendrées et les captures, refaites depuis le code
	$(BIN)/python -m docs

lock: env ## verrouille les dépendances avec leurs empreintes, pour Linux, macOS et Windows (UPGRADE=--upgrade : au plus récent)
	$(LOCK) $(UPGRADE) --extra s3 -o requirements.txt
	$(LOCK) $(UPGRADE) --extra dev -c requirements.txt -o requirements-dev.txt

clean: ## efface ce que make a fabriqué, réseau de démonstration compris
	rm -rf .venv .cache .demo dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
