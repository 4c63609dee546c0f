"""Files of figures and of definitions: read and checked whole, before anything is stored."""
