"""docker-compose.yml, as far as it can be judged without an engine: secrets, checks, who is reached."""

import re
from pathlib import Path

import pytest

yaml = pytest.importorskip("yaml")
BASE_DIR = Path(__file__).resolve().parents[2]
TEXT = (BASE_DIR / "docker-compose.yml").read_text()


@pytest.fixture
def compose():
    return yaml.safe_load(TEXT)


def test_every_service_says_whether_it_is_well(compose):
    long_running = {name: service for name, service in compose["services"].items() if name != "migrate"}
    assert {"proxy", "web", "worker", "scheduler", "db", "redis"} == long_running.keys()
    assert [name for name, service in long_running.items() if "healthcheck" not in service] == []


def test_no_secret_has_a_default(compose):
    variables = re.findall(r"\$\{(\w+)(:[?-])?", TEXT)
    optional = {name for name, kind in variables if kind != ":?"}
    assert optional == {"PORTAL_VERSION"}
    assert {secret["environment"] for secret in compose["secrets"].values()} == {
        "SUPERUSER_PASSWORD",
        "OWNER_PASSWORD",
        "RUNTIME_PASSWORD",
    }


def test_only_the_migrate_job_signs_in_as_owner(compose):
    urls = {
        name: service["environment"]["DATABASE_URL"]
        for name, service in compose["services"].items()
        if "DATABASE_URL" in service.get("environment", {})
    }
    assert {name for name, url in urls.items() if "portal_owner" in url} == {"migrate"}
    assert {name for name, url in urls.items() if "portal_runtime" in url} == {"web", "worker", "scheduler"}


def test_only_the_proxy_is_reached_from_outside(compose):
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["proxy"]
    assert compose["networks"]["back"]["internal"] is True


def test_files_that_compose_mounts_are_there(compose):
    mounts = [volume for service in compose["services"].values() for volume in service.get("volumes", [])]
    paths = [volume.split(":")[0] for volume in mounts if volume.startswith("./")]
    assert paths and all((BASE_DIR / path).exists() for path in paths)


def test_the_proxy_writes_nothing_down_about_tips():
    conf = (BASE_DIR / "deploy" / "nginx" / "portal.conf").read_text()
    tips = conf[conf.index("location /cung-cap-thong-tin/") :]
    assert "access_log off;" in tips
    for header in ("X-Forwarded-For", "User-Agent", "Referer"):
        assert f'proxy_set_header {header} "";' in tips
