"""A small room that exists only here: errands that a worker must carry out, each once."""
