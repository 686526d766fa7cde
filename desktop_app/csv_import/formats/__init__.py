"""One file per known CSV format; each registers itself by being here, with a ``FORMAT`` of its own.

How to write a ledger format (``kraken`` is the example). The file says only what is its own:

1. The header, as the vendor writes it, with the field that each column fills: ``layouts.ordered`` (same
   names in the same order, more only at the end; "{}" for any text) or ``layouts.any_order`` (by names or
   synonyms); ``layouts.either`` joins them. The field ``time`` is required. ``account`` says that rows name
   their account, so that nobody asks; ``balance`` is a running balance and is checked; ``asset`` and
   ``amount`` or ``quantity`` let a rejected row show what it was about; ``secret`` is emptied before anything
   is read. All other fields are the format's own words.
2. A function ``Line -> list of Leg``: what the row moves, signed, with ``place`` (the sub-account),
   ``staked`` (the place stakes: such coins are a position of their own), ``reward`` (income), ``account``,
   ``address`` and ``chain`` (they beat the symbol), ``protocol``, ``operator``. Read cells with
   ``line.text``, ``line.word``, ``line.asset``, ``line.amount`` (required), ``line.moving`` (required and
   not zero), ``line.amount_if`` (may be empty), ``line.fee``: they raise the right verdict themselves. An
   empty list is a row that is understood and neutral. ``raise line.reject(code, field)`` and ``raise
   line.skip(code, field)`` end a row; the codes with their sentences are ``rows.REASONS``. ``ledger.sides``
   does the usual row with "received", "sent" and "fee". ``line.context`` has the questions (``inquiry``)
   and the file's name; ``line.ask`` puts a question, for which the row waits if it stops the import. What
   the words of a row alone decide is read by ``line.once``, once for all rows with the same words.
3. The fee rule: what is taken on top is a leg of its own or ``ledger.net(amount, fee)``; a fee that is
   inside the amount, or has a row of its own, is simply not read. ``Leg.lock``: an exchange that writes
   only the way out of a lock-up.
4. ``Rules``: how moments are written (``dates.moment``, or that with an order), the fields of the identity,
   whether equal rows are real, whether the running balance counts more than the rows, whether the file
   holds anything but rewards.
5. ``FORMAT``: ``exchange=True`` if the coins lie there; the default account is the title, or what
   ``account_in`` finds in the file's name.

What needs the whole file (whose address it is, by the rows of one type) is found in a ``read`` of the
format's own that looks through ``table.records``, makes its ``Rules`` and ends in ``ledger.read(table,
rules)``. Folding, running balances, rewards, duplicates, tokens, questions and positions are done for all
in ``ledger``, ``booking``, ``fold`` and ``posting``. Snapshots build on ``snapshots.Balances`` (``rotki``
is the example), those with a column for each asset on ``snapshots.Wide``
(``staketax_balances``). A test copies a sample to ``tests/data`` and states its counts, holdings, rewards and
skipped lines.
"""

import pkgutil
from functools import cache
from importlib import import_module

from desktop_app.csv_import.format import Format


@cache
def known() -> dict[str, Format]:
    """Return all formats by name; the name is that of the file."""
    modules = [import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    formats: list[Format] = [module.FORMAT for module in modules]
    return {f.name: f for f in formats}
