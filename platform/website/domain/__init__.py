"""Decisions about the site's own pages."""
