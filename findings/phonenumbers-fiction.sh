#!/bin/bash
# The French numbering plan keeps six ranges for works of fiction: 01 99 00, 02 61 91, 03 53 01, 04 65 71, 05 36 49 and, for
# mobiles, 06 39 98. phonenumbers 9.0.43 says that five are valid numbers, and that the mobile one is possible, not valid:
# a check of validity refuses invented mobiles and lets invented landlines in. Seen: five times True, then False.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check phonenumbers==9.0.43
"$folder/env/bin/python" - <<'PY'
import sys

import phonenumbers

ranges = ("01 99 00", "02 61 91", "03 53 01", "04 65 71", "05 36 49", "06 39 98")
numbers = [phonenumbers.parse(f"{start} 12 34", "FR") for start in ranges]
valid = [phonenumbers.is_valid_number(number) for number in numbers]
print(dict(zip(ranges, valid, strict=True)))
sys.exit(valid != [True] * 5 + [False] or not phonenumbers.is_possible_number(numbers[-1]))
PY
