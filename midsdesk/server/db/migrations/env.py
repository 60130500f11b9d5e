"""How Alembic runs here: on the connection it is given, under a lock that all workers know."""

from alembic import context
from sqlalchemy import text

from midsdesk.server.db.tables import metadata

_LOCK = 0x4D445352

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, compare_type=True)
with context.begin_transaction():
    # Two servers that start together: the second waits and finds everything done.
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    context.run_migrations()
