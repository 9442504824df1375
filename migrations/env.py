"""Run by bot/storage/migrate.py, which hands over an open connection in a transaction; knows neither bot nor rules."""

from alembic import context

VERSION_TABLE = "dengta_schema"


def run() -> None:
    given = context.config.attributes
    context.configure(
        connection=given["connection"],
        target_metadata=given.get("metadata"),
        version_table=VERSION_TABLE,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
