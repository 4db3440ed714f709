"""Where Kith keeps everything: SQLite or PostgreSQL behind the ports of the core.

``queries/`` say in SQLAlchemy what is asked of the database, ``compiled.py`` turns them into SQL text once and keeps
it, the repositories (one file per noun) ask. A process that uses SQLite therefore starts without SQLAlchemy.
"""
