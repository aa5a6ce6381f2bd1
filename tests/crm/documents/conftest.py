"""The network of the canvas: what leaves is made of what it draws."""

from tests.crm.canvas.conftest import network as network
