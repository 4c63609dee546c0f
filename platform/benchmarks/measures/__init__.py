"""Pure measures of figures: numbers in, numbers out. No Django, and light enough for a web page."""
