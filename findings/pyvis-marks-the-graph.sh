#!/bin/bash
# pyvis 0.3.2: from_nx writes into the graph that it is given: « size » in each node, « width » in each link. A graph that
# is drawn and then measured or exported is no longer the one that was read. Seen: both there after a drawing.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check networkx==3.5 pyvis==0.3.2
"$folder/env/bin/python" - <<'PY'
import sys

import networkx
from pyvis.network import Network

graph = networkx.Graph()
graph.add_edge("garage", "club", since="2026-01-05")
Network().from_nx(graph)
print(dict(graph.nodes(data=True)), list(graph.edges(data=True)))
sys.exit(not ("size" in graph.nodes["garage"] and "width" in graph.edges["garage", "club"]))
PY
