#!/bin/bash
# Outlook names zones as Windows does: Paris is « Romance Standard Time ». Of a meeting whose file does not also define the
# zone, vobject 0.9.9 gives the hour without any zone, and says nothing; icalendar 7.3.2 gives that of Paris.
# Seen: None, then Europe/Paris.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check vobject==0.9.9 icalendar==7.3.2
"$folder/env/bin/python" - 2> /dev/null <<'PY'
import sys

import icalendar
import vobject

TEXT = "\r\n".join((
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Exemple//FR", "BEGIN:VEVENT", "UID:1", "DTSTAMP:20260301T080000Z",
    "DTSTART;TZID=Romance Standard Time:20260312T140000", "SUMMARY:Comité", "END:VEVENT", "END:VCALENDAR", "",
))
one = vobject.readOne(TEXT).vevent.dtstart.value.tzinfo
other = icalendar.Calendar.from_ical(TEXT).walk("VEVENT")[0]["DTSTART"].dt.tzinfo
print("vobject", one, "icalendar", other)
sys.exit(one is not None or str(other) != "Europe/Paris")
PY
