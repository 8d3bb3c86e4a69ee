"""What the program remembers: one database, by default an SQLite file, else PostgreSQL, by its address alone.

Ring 2. Promises: what one check concluded is written in one transaction or not at all (`record`); an alert stays in the
outbox until each channel took it or it is shown as dead (`outbox`); a stored version can always be restored to the
character (`snapshots`). Imports ring 1 only, never fetch or alerts. SQLModel tables and SQLAlchemy never leave the
package: values go in and out, errors are `StorageError`.

    store.open_store -> Store      checks, hosts and the outbox, as the pipeline needs them
    queries, export                what the command line, the dashboard and spreadsheets read
    maintenance                    copy, verify, prune, figures
    copying                        a whole installation into another database
    backends                       all that SQLite and PostgreSQL do each in its own way
"""
