"""Codebooks as files: REFI-QDA (.qdc), a workbook (.xlsx), JSON. Read into, and written from, the
plain objects of `spec.py`."""
