"""Full-text search over all versions: what waits to be indexed, the index, and what is found by it.

record -> `unindexed` -> indexing -> index (FTS5; the one module another database needs anew) -> finding
"""
