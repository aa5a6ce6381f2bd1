#!/bin/bash
# pyvis 0.3.2: from_nx of a graph with two links between the same nodes. Directed, all are kept; undirected, which is the
# default, one is, and nothing says so: a partner who both funds and refers is drawn as one who funds. Seen: 1, then 3.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check networkx==3.5 pyvis==0.3.2
"$folder/env/bin/python" - <<'PY'
import sys

import networkx
from pyvis.network import Network

graph = networkx.MultiDiGraph()
graph.add_edge("opco", "club", kind="funds")
graph.add_edge("opco", "club", kind="refers")
graph.add_edge("club", "opco", kind="hosts")
drawn = []
for directed in (False, True):
    network = Network(directed=directed)
    network.from_nx(graph)
    drawn.append([edge["kind"] for edge in network.edges])
    print("directed" if directed else "undirected", drawn[-1])
sys.exit(list(map(len, drawn)) != [1, 3])
PY
