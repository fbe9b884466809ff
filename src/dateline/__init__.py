"""Dateline turns news reports into a warehouse of checkable facts."""

__version__ = "0.1.0"
