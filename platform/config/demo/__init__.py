"""The demonstration programme: invented from beginning to end, and the same at every loading."""
