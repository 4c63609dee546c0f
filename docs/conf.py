"""How the documentation is built into var/site: see scripts/docs.py and decision 0801."""

project = "Benchlearn"
author = "Benchlearn"
extensions = ["myst_parser"]
root_doc = "index"
html_title = "Benchlearn"
html_theme = "furo"
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_show_sphinx = False
myst_heading_anchors = 4
myst_enable_extensions = ["tasklist"]
# A sentence of the product may hold a dollar or two dashes: text stays as it was written.
smartquotes = False
# The pages are read in the repository too, where the files beside them are links.
suppress_warnings = ["misc.highlighting_failure"]
