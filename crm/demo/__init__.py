"""The demonstration network: invented people and companies in real places, for a look, a lesson or a measure."""

from crm.demo.filling import fill
from crm.demo.pitfalls import PITFALLS, Pitfall, Trap
from crm.demo.size import HUB, Size

__all__ = ["HUB", "PITFALLS", "Pitfall", "Size", "Trap", "fill"]
