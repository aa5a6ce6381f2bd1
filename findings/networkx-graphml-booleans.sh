#!/bin/bash
# NetworkX 3.5 writes a boolean attribute of GraphML as « True »; the format is that of XML Schema, « true », « 1 ».
# rustworkx 0.18.1 reads the file strictly and refuses it whole; igraph 1.0.0 takes it. Seen: refused, then read.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check networkx==3.5 rustworkx==0.18.1 igraph==1.0.0
"$folder/env/bin/python" - "$folder/network.graphml" <<'PY'
import sys

import igraph
import networkx
import rustworkx

path = sys.argv[1]
graph = networkx.Graph()
graph.add_node("garage", closed=False)
networkx.write_graphml(graph, path)
try:
    rustworkx.read_graphml(path)
    strict = "read"
except Exception as error:
    strict = f"refused: {error}"
print("rustworkx", strict)
print("igraph", igraph.Graph.Read_GraphML(path).vs["closed"])
sys.exit(not (">False<" in open(path).read() and strict.startswith("refused")))
PY
