"""The published studies that ship with Benchlearn, and how their files become records."""
