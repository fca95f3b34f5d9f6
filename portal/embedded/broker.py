"""The broker of one machine: kombu's file-system transport, made whole.

Kombu writes a message into a file that the worker can already see: a worker that looks in between takes an
empty file, cannot read it and dies, and the message is lost. Its table of queues is written in the same way.
Here a file appears complete or not at all, and a damaged one is put aside.
"""

import logging
import os
import uuid
from pathlib import Path
from time import time_ns

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps

log = logging.getLogger(__name__)


def write_whole(path: Path, text: str) -> None:
    """Write `text` so that nobody ever sees half of it at `path`. OSError when it cannot be written."""
    unseen = path.with_name(f"{uuid.uuid4()}.part")
    try:
        unseen.write_text(text, encoding="utf-8")
        os.replace(unseen, path)
    except OSError:
        unseen.unlink(missing_ok=True)
        raise


class Channel(filesystem.Channel):
    """Messages and queue tables that are whole or not there."""

    def _put(self, queue, payload, **kwargs):
        path = Path(self.data_folder_out) / f"{time_ns() // 1_000_000}_{uuid.uuid4()}.{queue}.msg"
        try:
            write_whole(path, dumps(payload))
        except OSError as error:
            raise ChannelError(f"Cannot add {path} to the queue") from error

    def _get(self, queue):
        while True:
            try:
                return super()._get(queue)
            except ValueError:  # a power cut may leave a file without its bytes; the sweeper sends it again
                log.warning("a message of %s could not be read and was dropped", queue)

    def _queue_bind(self, exchange, routing_key, pattern, queue):
        file = self._exchange_file(exchange)
        binding = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        try:
            self.control_folder.mkdir(exist_ok=True)
            with open(self.control_folder / "bindings.lock", "a") as gate:
                filesystem.lock(gate, filesystem.LOCK_EX)
                known = self.get_table(exchange)
                if binding not in known:
                    write_whole(file, dumps([binding, *known]))
        except OSError as error:
            raise ChannelError(f"Cannot open {file}") from error

    def get_table(self, exchange):
        try:
            return super().get_table(exchange)
        except ValueError:  # left by a power cut: whoever needs the queue binds it again
            return []


class Transport(filesystem.Transport):
    """What CELERY_BROKER_TRANSPORT names when the broker's address is filesystem://."""

    Channel = Channel
