"""The refresh token: in a keyring where there is one, in memory where there is none."""

import threading
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from midsdesk.host.secrets import Secret


class Memory(KeyringBackend):
    """A keyring for tests."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


class Forgetful(Memory):
    """Takes everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class Hanging(Memory):
    """Waits for a user who is not there."""

    def __init__(self) -> None:
        super().__init__()
        self.never = threading.Event()

    def set_password(self, service: str, username: str, password: str) -> None:
        self.never.wait(20)


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_a_keyring_keeps_it_over_the_end_of_the_program() -> None:
    keyring.set_keyring(Memory())
    Secret("refresh").write("token")
    again = Secret("refresh")
    assert (again.lasting, again.read()) == (True, "token")
    again.forget()
    assert Secret("refresh").read() is None


def test_without_a_keyring_it_lasts_as_long_as_the_program() -> None:
    from keyring.backends.fail import Keyring

    keyring.set_keyring(Keyring())
    secret = Secret("refresh")
    secret.write("token")
    assert (secret.lasting, secret.read()) == (False, "token")
    assert Secret("refresh").read() is None


def test_a_keyring_that_forgets_is_found_out() -> None:
    keyring.set_keyring(Forgetful())
    secret = Secret("refresh")
    secret.write("token")
    assert (secret.lasting, secret.read()) == (False, "token")


def test_a_keyring_that_hangs_is_left_alone() -> None:
    hanging = Hanging()
    keyring.set_keyring(hanging)
    secret = Secret("refresh", limit_s=0.05)
    secret.write("token")
    assert (secret.lasting, secret.read()) == (False, "token")
    hanging.never.set()
