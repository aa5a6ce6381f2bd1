"""The cursor, put where one will type: what Streamlit does not do by itself."""

import streamlit as st

_component = st.components.v2.component(
    "reseau28-cursor",
    html="<span hidden></span>",
    js="""
    export default function ({ data, parentElement }) {
      if (parentElement.put) return
      parentElement.put = true
      let tries = 20
      const put = () => {
        const field = document.querySelector(`.st-key-${CSS.escape(data.key)} :is(input, textarea)`)
        if (field) field.focus()
        else if (tries--) requestAnimationFrame(put)
      }
      put()
    }
    """,
)


def put(key: str) -> None:
    """Put the cursor in the field that bears ``key``, once, when it appears."""
    _component(key=f"cursor-{key}", data={"key": key})
