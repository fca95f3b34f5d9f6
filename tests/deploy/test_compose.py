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


def test_the_proxy_keeps_what_it_has_not_passed_on_in_memory(compose):
    assert compose["services"]["proxy"]["tmpfs"] == ["/var/cache/nginx"]


def test_files_that_compose_mounts_are_there(compose):
    mounts = [volume for service in compose["services"].values() for volume in service.get("volumes", [])]
    paths = [volume.split(":")[0] for volume in mounts if volume.startswith("./")]
    assert paths and all((BASE_DIR / path).exists() for path in paths)


CONF = (BASE_DIR / "deploy" / "nginx" / "portal.conf").read_text()


def block(start: str) -> str:
    return CONF[CONF.index(start) :].partition("\n    }")[0]


def test_the_proxy_writes_nothing_down_about_tips():
    tips = block("location /cung-cap-thong-tin/")
    assert "access_log off;" in tips and "error_log /dev/null crit;" in tips
    for header in ("X-Forwarded-For", "User-Agent", "Referer", "Cookie"):
        assert f'proxy_set_header {header} "";' in tips
    # Also where the request ends elsewhere: at the other port, at a page of errors.
    logs = re.findall(r"access_log (?!off)[^;]+;", CONF)
    assert logs == ["access_log /var/log/nginx/access.log portal if=$logged;"]
    silent = re.findall(r"~(\S+) 0;", CONF[CONF.index("map $uri $logged") :].partition("}")[0])
    for path in (
        "/cung-cap-thong-tin/",
        "/cung-cap-thong-tin",
        "/cung-cap-thong-tin/gui/",
        "/static/portal.css",
    ):
        assert any(re.search(pattern, path) for pattern in silent)
    assert not any(re.search(pattern, "/tiep-nhan-nguon-tin/") for pattern in silent)


def test_the_proxy_slows_senders_down_each_for_itself():
    assert "limit_req_zone $sender zone=senders" in CONF and "POST $binary_remote_addr;" in CONF
    assert "limit_req zone=senders" in block("location /cung-cap-thong-tin/")
    assert "113" in block("location @slow_down")


def test_no_container_is_given_a_key_that_opens_contacts(compose):
    named = {name for name in re.findall(r"\$\{(\w+)", TEXT) if "TIP" in name}
    assert named == {"TIP_CONTACT_KEY"}
