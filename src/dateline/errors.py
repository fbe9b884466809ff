"""One small tree of errors: each says what happened, where, and what to do about it, and knows its exit code.

Exit codes are a contract: 0 done, 1 failed, 2 usage, 3 checks failed, 4 environment (something is missing; the message says what to do).
"""

from __future__ import annotations


class DatelineError(Exception):
    """Base: `message` says what happened, `where` names file, line or document, `remedy` what to do."""

    exit_code = 1

    def __init__(self, message: str, *, where: str | None = None, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        text = f"{self.where}: {self.message}" if self.where else self.message
        return f"{text} {self.remedy}" if self.remedy else text

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders (worker processes); the default pickling would lose the keyword arguments.
        return (_rebuild, (type(self), self.message, self.where, self.remedy))


def _rebuild(kind: type[DatelineError], message: str, where: str | None, remedy: str | None) -> DatelineError:
    return kind(message, where=where, remedy=remedy)


class UsageError(DatelineError):
    """The command or its arguments are wrong."""

    exit_code = 2


class ReadError(DatelineError):
    """An input could not be read as an article; the run goes on without it."""


class QualityError(DatelineError):
    """A critical suite-level check failed; nothing was loaded."""

    exit_code = 3


class EnvironmentProblem(DatelineError):  # noqa: N818 - EnvironmentError is a builtin with another meaning.
    """Something outside the program is missing or in the way (a model, a locked file, a full disk)."""

    exit_code = 4


class WarehouseBusy(EnvironmentProblem):
    """Another run owns the warehouse."""
