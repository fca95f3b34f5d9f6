"""The embedded PostgreSQL starts, keeps its data, recovers from a killed server and goes without a trace."""

import os
import signal
import time

import psycopg
import pytest

from portal.embedded.postgres import UNSAFE_BUT_FAST, EmbeddedPostgres, binary


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    server = EmbeddedPostgres(tmp_path_factory.mktemp("embedded") / "pg", settings=UNSAFE_BUT_FAST)
    yield server
    server.destroy()


@pytest.fixture
def server(cluster):
    return cluster.start()


def ask(server, statement):
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        return connection.execute(statement).fetchone()


def test_data_outlives_a_restart_and_destroy_removes_everything(server):
    with psycopg.connect(server.dsn("postgres")) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS xa AS SELECT 'Phường Thành Sen' AS ten")
    server.stop()
    assert server.pid() is None
    server.start()
    assert ask(server, "SELECT ten FROM xa") == ("Phường Thành Sen",)
    socket_folder = server.socket_folder
    server.destroy()
    assert not server.folder.exists() and not socket_folder.exists()


def test_vietnamese_capitals_fold_and_the_contrib_extensions_are_there(server):
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        row = connection.execute("SELECT lower('ĐẶNG THỊ HỒNG'), unaccent('Đức')").fetchone()
    assert row == ("đặng thị hồng", "Duc")


def test_starting_again_keeps_the_running_server(server):
    pid = server.pid()
    assert server.start().pid() == pid


def test_a_killed_server_starts_again(server):
    pid = server.pid()
    os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while server.pid() is not None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert server.start().pid() not in (None, pid)
    assert ask(server, "SELECT 1") == (1,)


def test_only_its_owner_opens_the_socket(server):
    assert server.socket_folder.stat().st_mode & 0o077 == 0


def test_a_path_too_long_for_a_socket_gets_a_short_one(tmp_path):
    server = EmbeddedPostgres(tmp_path / ("thư-mục-" * 20) / "pg", settings=UNSAFE_BUT_FAST)
    try:
        assert ask(server.start(), "SELECT 1") == (1,)
    finally:
        server.destroy()


def test_the_server_does_not_run_as_root(server):
    owner = os.stat(f"/proc/{server.pid()}").st_uid
    assert owner != 0


def test_programs_of_the_wheel_are_found():
    assert binary("pg_dump").exists() and binary("pg_restore").exists()
    assert binary("no_such_program") is None
