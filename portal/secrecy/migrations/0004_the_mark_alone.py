"""What is put in the place of words is the mark, or in a whole key or digest nothing: a takedown writes no words."""

from importlib import import_module

from django.db import migrations

from portal.secrecy.erasing import MARK

BEFORE = import_module("portal.secrecy.migrations.0003_keys_and_lists_in_histories").ERASE
_OPENED = "    PERFORM secrecy_takedown_open(takedown);\n"
_CHECK = f"""\
    IF mark IS NULL OR mark NOT IN ('{MARK}', '') OR (mark = '' AND words IS NOT NULL) THEN
        RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = 'A takedown writes its mark alone';
    END IF;
"""
ERASE = BEFORE.replace(_OPENED, _OPENED + _CHECK, 1)


class Migration(migrations.Migration):
    dependencies = [("secrecy", "0003_keys_and_lists_in_histories")]

    operations = [migrations.RunSQL(ERASE, BEFORE)]
