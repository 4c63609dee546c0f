"""What is kept of people: why, how long, and what becomes of it when they ask."""
