"""What every room's part of the API is made of: rows, pages of rows, csv, and problems.

Nothing here knows a room or who asks; the bearer and the declaring of operations are in
people/api.py, and all operations come together in config/api.py.
"""
