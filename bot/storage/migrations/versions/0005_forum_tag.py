"""The tag that daily picks get in a forum, where admins chose one."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("daily_schedule", sa.Column("tag_id", sa.BigInteger))
