"""What of Streamlit the screens rest on without its promise: nothing else imports from within it, or opens its files.

Streamlit keeps its public commands from one version to the next, and none of these. ``test_streamlit_parts.py`` says of
each what uses it, and names those that a new version has not. What style sheets and scripts of ours know of its page
(``[data-testid=…]``, ``.st…``) is looked for there too, in the scripts that it serves.
"""

from pathlib import Path

import streamlit
from streamlit import config
from streamlit.navigation.page import StreamlitPage
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.uploaded_file_manager import UploadedFile
from streamlit.starlette import App

__all__ = [
    "MEDIA", "PAGE", "SCRIPTS", "VERSION", "App", "ForwardMsg", "ScriptRunContext", "StreamlitPage", "UploadedFile",
    "config",
]  # fmt: skip

VERSION: str = streamlit.__version__

_STATIC = Path(streamlit.__file__).parent / "static"

PAGE = _STATIC / "index.html"
"""Its page, in which its scripts draw."""

SCRIPTS = _STATIC / "static" / "js"
"""The folder of the scripts of its page."""

MEDIA = _STATIC / "static" / "media"
"""The folder of its fonts."""
