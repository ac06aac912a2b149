"""Performance Improvement Plan cases: the core. It knows no screen and no terminal."""

__version__ = "0.1.0"
