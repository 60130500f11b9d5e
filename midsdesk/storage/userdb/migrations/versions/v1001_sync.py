"""Earlier versions of builds, and what sync knows of them."""

import sqlalchemy as sa
from alembic import op

revision = "1001"
down_revision = "1000"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "build_versions",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("build", sa.String, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("saved_at", sa.Float, nullable=False),
    )
    op.create_index("build_versions_build", "build_versions", ["build", "number"])
    op.create_table(
        "sync_records",
        sa.Column("build", sa.String, primary_key=True),
        sa.Column("account", sa.String, nullable=False),
        sa.Column("base", sa.LargeBinary),
        sa.Column("tag", sa.String, nullable=False),
        sa.Column("differs", sa.Integer, nullable=False),
        sa.Column("refused", sa.String, nullable=False),
        sa.Column("conflict_of", sa.String, nullable=False),
    )
    op.create_index("sync_records_account", "sync_records", ["account", "differs"])
    op.create_table(
        "sync_agreed",
        sa.Column("build", sa.String),
        sa.Column("sha", sa.LargeBinary),
        sa.PrimaryKeyConstraint("build", "sha"),
    )
    op.create_table(
        "outbox",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("account", sa.String, nullable=False),
        sa.Column("build", sa.String, nullable=False, unique=True),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("expected", sa.String, nullable=False),
        sa.Column("payload", sa.LargeBinary),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_try", sa.Float, nullable=False),
    )
    op.create_table(
        "sync_cursors",
        sa.Column("account", sa.String, primary_key=True),
        sa.Column("cursor", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Not offered: the copy made before an upgrade is the way back."""
    raise NotImplementedError
