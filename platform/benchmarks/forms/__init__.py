"""Forms of this room: they collect and validate; the domain decides."""
