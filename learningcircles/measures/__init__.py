"""Pure measures: numbers in, numbers out, and light enough for a web process."""
