"""How people reach the product: the Streamlit application, its ASGI server, the command line."""
