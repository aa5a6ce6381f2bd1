#!/bin/bash
# phonenumbers 9.0.43 (libphonenumber): letters behind a French number are read as keys of a telephone and lengthen it:
# « poste 12 », the French word for an extension, « standard », « pro ». « ext 12 » and « #12 » are an extension.
# The number is parsed without an error, and is another one. Seen: +331990012347678312 for the first.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check phonenumbers==9.0.43
"$folder/env/bin/python" - <<'PY'
import sys

import phonenumbers

seen = {}
for text in ("01 99 00 12 34 poste 12", "01 99 00 12 34 standard", "06 39 98 12 34 pro", "01 99 00 12 34 ext 12"):
    number = phonenumbers.parse(text, "FR")
    seen[text] = (phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), number.extension)
    print(text, *seen[text])
lengths = [len(number) for number, _ in seen.values()]
sys.exit(not (lengths == [19, 20, 15, 12] and list(seen.values())[3][1] == "12"))
PY
