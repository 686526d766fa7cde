"""Messages through the notification service of a Linux desktop (Desktop Notifications Specification 1.2).

The service is asked over the user's own D-Bus, a socket on this machine. ``tell`` waits for its answer and
is to be called beside the window.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from threading import get_ident

from PySide6.QtCore import Q_ARG, QMetaObject, Qt
from PySide6.QtDBus import QDBus, QDBusConnection, QDBusInterface, QDBusMessage, QDBusVirtualObject

SERVICE, PLACE = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"

PATIENCE = 5_000
"""Milliseconds to wait for an answer of the service."""

_SHAPE = f"""
<interface name="{SERVICE}"><method name="Notify">
  <arg direction="in" type="s"/><arg direction="in" type="u"/><arg direction="in" type="s"/>
  <arg direction="in" type="s"/><arg direction="in" type="s"/><arg direction="in" type="as"/>
  <arg direction="in" type="a{{sv}}"/><arg direction="in" type="i"/><arg direction="out" type="u"/>
  <annotation name="org.qtproject.QtDBus.QtTypeName.In6" value="QVariantMap"/>
</method></interface>
"""


def is_there() -> bool:
    """Tell whether the desktop has a notification service, running or ready to be started."""
    with _bus() as bus:
        if bus is None:
            return False
        names = bus.interface()
        names.setTimeout(PATIENCE)
        return SERVICE in {*names.registeredServiceNames().value(), *names.activatableServiceNames().value()}


def tell(title: str, text: str) -> bool:
    """Show a message without a sound; return whether the service took it."""
    with _bus() as bus:
        if bus is None:
            return False
        return _notify(bus, title, escape(text, quote=False) if _reads_markup(bus) else text)


@contextmanager
def _bus() -> Iterator[QDBusConnection | None]:
    """Yield a connection of our own to the user's bus, None where there is none on this machine."""
    address = _address()
    if address is None:
        yield None
        return
    name = f"stakeout-{get_ident()}"
    bus = QDBusConnection.connectToBus(address, name)
    try:
        yield bus if bus.isConnected() else None
    finally:
        QDBusConnection.disconnectFromBus(name)


def _address() -> str | None:
    """Return where the user's bus listens, None where that is not a socket on this machine."""
    if told := os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return told if all(one.startswith("unix:") for one in told.split(";")) else None
    usual = Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere"), "bus")
    return f"unix:path={usual}" if usual.is_socket() else None


def _reads_markup(bus: QDBusConnection) -> bool:
    asked = QDBusMessage.createMethodCall(SERVICE, PLACE, SERVICE, "GetCapabilities")
    told = bus.call(asked, QDBus.CallMode.Block, PATIENCE).arguments()
    return bool(told) and isinstance(told[0], list) and "body-markup" in told[0]


class _Shape(QDBusVirtualObject):
    """Says what ``Notify`` takes."""

    def introspect(self, path: str) -> str:
        return _SHAPE

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:  # noqa: N802
        return False


def _notify(bus: QDBusConnection, title: str, text: str) -> bool:
    """Call ``Notify``, whose second argument is an unsigned number.

    PySide6 sends every whole number as a signed one, which services refuse, unless Qt knows the method. Of
    that it asks once a connection whoever is first to have an interface of this name: here ourselves.
    """
    shape = _Shape()
    bus.registerVirtualObject("/shape", shape)
    QDBusInterface(bus.baseService(), "/shape", SERVICE, bus)
    service = QDBusInterface(SERVICE, PLACE, SERVICE, bus)
    service.setTimeout(PATIENCE)
    is_sent = QMetaObject.invokeMethod(
        service,
        "Notify",
        Qt.ConnectionType.DirectConnection,
        *(Q_ARG("QString", "Stakeout"), Q_ARG("uint", 0), Q_ARG("QString", "stakeout")),
        *(Q_ARG("QString", title), Q_ARG("QString", text), Q_ARG("QStringList", [])),
        *(Q_ARG("QVariantMap", {"suppress-sound": True, "desktop-entry": "stakeout"}), Q_ARG("int", -1)),
    )
    bus.unregisterObject("/shape")
    return is_sent and not service.lastError().isValid()
