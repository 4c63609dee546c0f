"""The doorway of the learning circles room: typed rows for evaluation, and nothing else."""
