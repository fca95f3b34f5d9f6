"""/healthz tells a load balancer the truth, in plain HTTP, to anyone, and nothing more."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connections

BASE_DIR = Path(__file__).resolve().parents[2]
IN_PRODUCTION = """
import django
django.setup()
from django.test import Client
for path in ("/healthz", "/admin/"):
    print(Client().get(path, headers={"host": "cong.example.vn"}).status_code)
"""


@pytest.mark.django_db
def test_well_when_the_database_answers(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Content-Type"] == "text/plain"
    assert "no-store" in response["Cache-Control"]


def test_unwell_without_the_database_and_silent_about_it(live_db, client):
    options = connections["default"].settings_dict["OPTIONS"]
    connections.close_all()
    before, options["host"] = options["host"], "/nonexistent"
    try:
        response = client.get("/healthz")
    finally:
        connections.close_all()
        options["host"] = before
    assert (response.status_code, response.content) == (503, b"database unavailable\n")


@pytest.mark.django_db
def test_only_asking_is_allowed(client):
    assert client.post("/healthz").status_code == 405


def test_production_answers_the_container_in_plain_http_and_redirects_people(test_database):
    environment = {key: value for key, value in os.environ.items() if key != "DEMO"} | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": test_database.url,
        "SECRET_KEY": "không-phải-khóa-thật-" * 4,
        "ALLOWED_HOSTS": "cong.example.vn",
    }
    command = [sys.executable, "-c", IN_PRODUCTION]
    done = subprocess.run(command, cwd=BASE_DIR, env=environment, capture_output=True, text=True)
    assert done.stdout.split() == ["200", "301"], done.stderr
