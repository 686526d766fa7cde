"""The two kinds of trouble: what the user can fix is a ``UserError``; everything else is our bug."""


class UserError(Exception):
    """Something the user can fix, told in one sentence: what, where, what to do.

    ``text`` is fit to show as it stands; ``hint`` is an optional second sentence with the way out.
    """

    def __init__(self, text: str, hint: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.text} {self.hint}".strip()


class StoppedError(UserError):
    """Ends work that the user does not want any more."""
