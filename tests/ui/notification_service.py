"""A notification service: it can do what its arguments name, and prints a line of JSON for each message.

A program of its own, because Qt would pass the calls of one process to itself without the bus.
"""

import json
import os
import sys

from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, QTimer, Slot
from PySide6.QtDBus import QDBusConnection

WORDS = ("app", "replaces", "icon", "title", "text", "actions", "hints", "timeout")


def say(told: object) -> None:
    sys.stdout.write(f"{json.dumps(told)}\n")
    sys.stdout.flush()


@ClassInfo({"D-Bus Interface": "org.freedesktop.Notifications"})  # type: ignore[call-arg]
class Service(QObject):  # type: ignore[operator]
    """Takes what the specification says, and nothing else: Qt refuses arguments of other types."""

    @Slot(result="QStringList")
    def GetCapabilities(self) -> list[str]:  # noqa: N802
        return sys.argv[1:]

    @Slot(str, "uint", str, str, str, "QStringList", "QVariantMap", int, result="uint")
    def Notify(self, *told: object) -> int:  # noqa: N802
        say(dict(zip(WORDS, told, strict=True)))
        return 7


if __name__ == "__main__":
    app = QCoreApplication([])
    bus = QDBusConnection.connectToBus(os.environ["DBUS_SESSION_BUS_ADDRESS"], "service")
    service = Service()
    bus.registerObject(
        "/org/freedesktop/Notifications", service, QDBusConnection.RegisterOption.ExportAllSlots
    )
    say(bus.registerService("org.freedesktop.Notifications"))
    watch = QTimer(app, interval=100)
    watch.timeout.connect(lambda: bus.isConnected() or app.quit())
    watch.start()
    app.exec()
