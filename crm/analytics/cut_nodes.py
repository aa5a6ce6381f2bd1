"""What hangs on each node of a graph seen from its root: what only a way through that node reaches.

The blocks of a graph (its biconnected components) meet in its articulation points. Walked from the root, each block is
entered through one node, on which all the others of the block hang. A block of two nodes is a bridge.

Source: J. Hopcroft, R. Tarjan, « Efficient algorithms for graph manipulation », 1973 (as NetworkX has it).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import cast

import networkx as nx


class CutTree:
    """The nodes of a graph, each under the one on which it hangs.

    The tree is walked once, so that the ``counted`` nodes that hang on a node are a slice of them all. Nodes that the
    root does not reach are not in it. What is given comes in an order that the graph alone decides, not the order in
    which it was made.
    """

    def __init__(self, graph: "nx.Graph[str]", root: str, counted: Collection[str]) -> None:
        self._root = root
        self._bridges: list[tuple[str, str]] = []
        self._children = self._hang(graph)
        self._counted: list[str] = []
        self._first: dict[str, int] = {}
        self._last: dict[str, int] = {}
        stack = [root]
        while stack:
            node = stack.pop()
            if node in self._first:
                self._last[node] = len(self._counted)
                continue
            self._first[node] = len(self._counted)
            if node in counted:
                self._counted.append(node)
            stack.append(node)
            stack.extend(self._children.get(node, ()))

    def cut_nodes(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each node but the root on which counted ones hang, with those (itself left out)."""
        for node in self._children:
            if node != self._root and (lost := tuple(each for each in self.below(node) if each != node)):
                yield node, lost

    def bridges(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Each link that is the only way to counted nodes, from the end nearer to the root; not the root's own."""
        for near, far in self._bridges:
            if near != self._root and (lost := self.below(far)):
                yield near, far, lost

    def below(self, node: str) -> tuple[str, ...]:
        """The counted nodes that hang on a node, itself included."""
        return tuple(self._counted[self._first[node] : self._last[node]])

    def _hang(self, graph: "nx.Graph[str]") -> dict[str, list[str]]:
        # The stubs of NetworkX say a list of sets where it yields each block as one set.
        found = cast("Iterator[set[str]]", nx.biconnected_components(graph))
        blocks = sorted(sorted(block) for block in found)
        around: defaultdict[str, list[int]] = defaultdict(list)
        for number, block in enumerate(blocks):
            for node in block:
                around[node].append(number)
        children: defaultdict[str, list[str]] = defaultdict(list)
        entered: set[int] = set()
        for node in (stack := [self._root]):
            for number in around[node]:
                if number in entered:
                    continue
                entered.add(number)
                hanging = [other for other in blocks[number] if other != node]
                children[node] += hanging
                stack += hanging
                if len(hanging) == 1:
                    self._bridges.append((node, hanging[0]))
        return children
