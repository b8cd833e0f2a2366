"""The local database: the only place that knows SQLAlchemy and SQL."""
