"""Measures: numbers and words in, numbers and words out. No Django here.

Each gives its formula, its source and an example that the test run executes.
"""

import os

# Sums in one order, whatever the machine: the same input gives the same bytes. And workers stand
# side by side already, so threads of the linear algebra would only wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
