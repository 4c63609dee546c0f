"""A mixed day on the set of production: who asks (`people`), on what (`world`), and the `run`."""
