"""How Alembic runs here: on the connection it is given, in batch mode, as SQLite needs it."""

from alembic import context

from midsdesk.storage.userdb.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
