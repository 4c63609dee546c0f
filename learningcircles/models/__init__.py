"""The nouns of this room, a file a noun."""
