"""``python -m docs``: write the generated pages anew, then take the screenshots where there is a Chromium."""

from docs import pages, screenshots
from tests.browser.chromium import MISSING, find_chromium


def main() -> None:
    """Write, take, and say what was done."""
    changed = pages.write()
    for path in changed:
        print(f"Page refaite : docs/{path.name}", flush=True)
    if not changed:
        print("Les pages engendrées sont à jour.", flush=True)
    if find_chromium() is None:
        print(f"Captures laissées telles quelles — {MISSING}")
        return
    print("Captures : une minute ou deux…", flush=True)
    for path in screenshots.take():
        print(f"Capture : docs/images/{path.name}")


if __name__ == "__main__":
    main()
