#!/bin/sh
# The migrate job: tables and reference data as the owner, then the rights of the runtime role.
set -eu
python manage.py migrate --no-input
python manage.py load_units
python - <<'PYTHON'
import os
from pathlib import Path

import django

django.setup()
from django.db import connection

with connection.cursor() as cursor:
    cursor.execute(Path("deploy/postgres/grants.sql").read_text())
PYTHON
