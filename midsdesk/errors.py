"""The error tree: four families, three audiences (user, developer, support).

Raise the leaf, `raise X(...) from cause`; catch a family where you can act. Never raise for what
is normal: rule checks return violations, lookups return None, cancelling shows nothing.
Standard library only: everything imports this module.
"""

from typing import ClassVar


class MidsdeskError(Exception):
    """Base of every error raised on purpose.

    Attributes:
        code: Stable and greppable, never reused; the UI translates by it.
        retryable: The same call may succeed later with nothing changed by the user.
        critical: Saved data may be at risk: stop writing and offer the support bundle.
        exit_code: What a command line ends with.
        user_message: One English sentence for the user: what happened, what to do next.
        details: For developers and the support bundle; never shown, never holds secrets.
    """

    code: ClassVar[str] = "MD-000"
    retryable: ClassVar[bool] = False
    critical: ClassVar[bool] = False
    exit_code: ClassVar[int] = 3

    def __init__(self, user_message: str, **details: object) -> None:
        super().__init__(user_message)
        self.user_message = user_message
        self.details = details

    def for_support(self) -> dict[str, object]:
        """Return what the support bundle records about this error and its causes."""
        cause = self.__cause__
        return {
            "code": self.code,
            "type": type(self).__name__,
            "retryable": self.retryable,
            "critical": self.critical,
            "message": self.user_message,
            "details": {name: repr(value) for name, value in self.details.items()},
            "cause": cause.for_support() if isinstance(cause, MidsdeskError) else repr(cause),
        }


class ValidationError(MidsdeskError):
    """The input is malformed; the message names the place."""

    code = "MD-VAL-001"
    exit_code = 1


class BuildFormatError(ValidationError):
    """A build file cannot be read."""

    code = "MD-VAL-010"


class SourceFormatError(ValidationError):
    """A file of game data cannot be read."""

    code = "MD-VAL-020"


class ImportRefusedError(ValidationError):
    """The game data was read, but has flaws that stop the import."""

    code = "MD-VAL-021"


class GameDatabaseError(ValidationError):
    """A file is not a game database this program can open."""

    code = "MD-VAL-022"


class UpdateRefusedError(ValidationError):
    """An update package is not what was signed, or not wanted; nothing has changed."""

    code = "MD-VAL-023"


class BusinessError(MidsdeskError):
    """A rule forbids it; nothing has changed."""

    code = "MD-BUS-001"
    exit_code = 1


class RuleViolationError(BusinessError):
    """An edit would break a rule of the game."""

    code = "MD-BUS-010"


class SystemFaultError(MidsdeskError):
    """This machine, or a defect of the program."""

    code = "MD-SYS-001"
    exit_code = 3


class StorageError(SystemFaultError):
    """A file could not be read or written."""

    code = "MD-SYS-010"
    retryable = True


class DiskFullError(StorageError):
    """No room is left on the disk."""

    code = "MD-SYS-011"


class StorageCorruptError(StorageError):
    """A database of the program is damaged."""

    code = "MD-SYS-012"
    retryable = False
    critical = True


class InternalError(SystemFaultError):
    """A defect of the program."""

    code = "MD-SYS-090"


class ExternalError(MidsdeskError):
    """A remote service failed, refused or could not be reached."""

    code = "MD-EXT-001"
    retryable = True
    exit_code = 4


class UnreachableError(ExternalError):
    """No answer came: no network, or the server is down."""

    code = "MD-EXT-010"


class RateLimitedError(ExternalError):
    """The server asks to wait; `details["retry_after"]` says how many seconds."""

    code = "MD-EXT-011"


class ServerFailedError(ExternalError):
    """The server failed, or its answer makes no sense."""

    code = "MD-EXT-012"


class RefusedError(ExternalError):
    """The server understood and refused; asking again would change nothing."""

    code = "MD-EXT-013"
    retryable = False


class ClientTooOldError(ExternalError):
    """The server has given up the protocol of this program."""

    code = "MD-EXT-014"
    retryable = False


class AccessStaleError(ExternalError):
    """The access token is over; a refresh helps."""

    code = "MD-EXT-019"


class SignInExpiredError(ExternalError):
    """The refresh token was refused: only the user can go on, by signing in."""

    code = "MD-EXT-020"
    retryable = False
