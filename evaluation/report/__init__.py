"""The report in words: one document, shown as a page, a PDF and an xlsx with the same content."""
