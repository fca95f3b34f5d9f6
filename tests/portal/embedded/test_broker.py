"""The broker of one machine: a reader that comes at the worst moment loses nothing and does not die."""

from queue import Empty

import pytest
from celery import Celery

from portal.embedded import broker


@pytest.fixture
def channel(tmp_path):
    folders = {
        "data_folder_in": tmp_path,
        "data_folder_out": tmp_path,
        "control_folder": tmp_path / "control",
    }
    app = Celery("test", broker="filesystem://", set_as_current=False)
    app.conf.broker_transport = "portal.embedded.broker:Transport"
    app.conf.broker_transport_options = {key: str(folder) for key, folder in folders.items()}
    with app.connection_for_write() as connection:
        yield connection.default_channel


def test_the_settings_use_it(settings):
    from portal.celery import app

    with app.connection_for_write() as connection:
        assert isinstance(connection.transport, broker.Transport)


def test_a_message_is_not_there_before_it_is_whole(channel, monkeypatch):
    """The reader looks before the file has its name: kombu's own would hand out half a message."""
    replace, early = broker.os.replace, []

    def look_first(source, target):
        with pytest.raises(Empty):
            channel._get("celery")
        early.append(target)
        replace(source, target)

    monkeypatch.setattr(broker.os, "replace", look_first)
    channel._put("celery", {"body": "tin"})
    assert early and channel._get("celery") == {"body": "tin"}


def test_a_damaged_message_does_not_stop_the_next(channel, tmp_path):
    (tmp_path / "0_a.celery.msg").touch()
    (tmp_path / "1_b.celery.msg").write_text('{"body": "nửa')
    channel._put("celery", {"body": "tin"})
    assert channel._get("celery") == {"body": "tin"}
    with pytest.raises(Empty):
        channel._get("celery")


def test_messages_come_in_the_order_they_were_sent(channel, monkeypatch):
    moments = iter(range(10**18, 10**19, 10**16))
    monkeypatch.setattr(broker, "time_ns", lambda: next(moments))
    for body in "abc":
        channel._put("celery", {"body": body})
    assert [channel._get("celery")["body"] for _ in range(3)] == ["a", "b", "c"]


def test_bindings_are_kept_once_and_a_damaged_table_is_made_again(channel, tmp_path):
    for _ in range(2):
        channel._queue_bind("celery", "celery", "", "celery")
    assert [binding.queue for binding in channel.get_table("celery")] == ["celery"]
    (tmp_path / "control" / "celery.exchange").write_text("")
    assert channel.get_table("celery") == []
    channel._queue_bind("celery", "celery", "", "celery")
    assert [binding.queue for binding in channel.get_table("celery")] == ["celery"]


def test_a_full_disk_is_told_and_leaves_nothing(channel, tmp_path, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(broker.os, "replace", full)
    with pytest.raises(broker.ChannelError):
        channel._put("celery", {"body": "tin"})
    assert not [path for path in tmp_path.iterdir() if path.is_file()]
