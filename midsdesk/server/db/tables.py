"""Tables of the server. Builds are bytes here: what the server cannot read it still keeps."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    Uuid,
    func,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)


def _now(name: str) -> "Column[object]":
    return Column(name, DateTime(timezone=True), nullable=False, server_default=func.now())


def _account(*, primary: bool = False) -> "Column[object]":
    key = ForeignKey("accounts.id", ondelete="CASCADE")
    return Column("account", Uuid, key, primary_key=primary, nullable=False)


# seq: number of the last change; floor: of the newest one that was swept away; live: builds that
# are no tombstones. They change under the row's lock, so changes of one account become visible in
# the order of their numbers.
accounts = Table(
    "accounts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("login", String(64), nullable=False, unique=True),
    Column("password", Text, nullable=False),
    Column("seq", BigInteger, nullable=False, server_default=text("0")),
    Column("floor", BigInteger, nullable=False, server_default=text("0")),
    Column("live", Integer, nullable=False, server_default=text("0")),
    _now("created"),
)

# One sign-in on one device: a family of refresh tokens, of which `refresh` is the one in force.
sessions = Table(
    "sessions",
    metadata,
    Column("id", Uuid, primary_key=True),
    _account(),
    Column("device", String(64), nullable=False),
    Column("refresh", LargeBinary, nullable=False, unique=True),
    _now("created"),
    _now("used"),
    Column("expires", DateTime(timezone=True), nullable=False),
    Index("ix_sessions_account", "account"),
    Index("ix_sessions_expires", "expires"),
)

# Tokens that were exchanged. One of them shown again is a theft or a lost answer.
used_tokens = Table(
    "used_tokens",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("session", Uuid, ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    _now("used"),
    Index("ix_used_tokens_session", "session"),
)

password_resets = Table(
    "password_resets",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    _account(),
    Column("expires", DateTime(timezone=True), nullable=False),
    Index("ix_password_resets_account", "account"),
)

builds = Table(
    "builds",
    metadata,
    _account(primary=True),
    Column("id", Uuid, primary_key=True),
    Column("revision", BigInteger, nullable=False),
    Column("tag", String(64), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("name", Text, nullable=False),
    Column("archetype", Text, nullable=False),
    Column("level", SmallInteger, nullable=False),
    Column("size", Integer, nullable=False),
    _now("updated"),
    Index("ix_builds_account_seq", "account", "seq"),
    Index("ix_builds_tombstones", "updated", postgresql_where=text("deleted")),
)

build_versions = Table(
    "build_versions",
    metadata,
    Column("account", Uuid, primary_key=True),
    Column("build", Uuid, primary_key=True),
    Column("revision", BigInteger, primary_key=True),
    Column("tag", String(64), nullable=False),
    Column("content", LargeBinary),
    Column("device", String(64), nullable=False),
    _now("created"),
    ForeignKeyConstraint(
        ["account", "build"],
        ["builds.account", "builds.id"],
        ondelete="CASCADE",
        deferrable=True,
        initially="DEFERRED",
    ),
)

idempotency = Table(
    "idempotency",
    metadata,
    _account(primary=True),
    Column("key", String(64), primary_key=True),
    Column("request", LargeBinary, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("tag", String(64), nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    _now("created"),
    Index("ix_idempotency_created", "created"),
)

# content: what the link keeps; NULL for a live link, which shows the build's head.
shares = Table(
    "shares",
    metadata,
    Column("code", String(32), primary_key=True),
    _account(),
    Column("build", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary),
    Column("tag", String(64), nullable=False),
    Column("views", BigInteger, nullable=False, server_default=text("0")),
    _now("created"),
    Column("expires", DateTime(timezone=True)),
    Index("ix_shares_account_build", "account", "build"),
    Index("ix_shares_expires", "expires"),
)

exports = Table(
    "exports",
    metadata,
    Column("id", Uuid, primary_key=True),
    _account(),
    Column("share", String(32), ForeignKey("shares.code", ondelete="SET NULL")),
    Column("name", Text, nullable=False),
    Column("content_type", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("ready", Boolean, nullable=False, server_default=text("false")),
    _now("created"),
    Column("expires", DateTime(timezone=True), nullable=False),
    Index("ix_exports_account", "account"),
    Index("ix_exports_share", "share"),
    Index("ix_exports_expires", "expires"),
)

# Objects of accounts that are gone: no foreign key, for they outlive their owner until swept.
orphaned_objects = Table(
    "orphaned_objects",
    metadata,
    Column("key", Text, primary_key=True),
    _now("since"),
)

# Read-only game data, cut into the answers a web front end asks for.
gamedata = Table(
    "gamedata",
    metadata,
    Column("path", Text, primary_key=True),
    Column("etag", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
)
