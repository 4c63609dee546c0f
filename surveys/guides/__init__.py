"""Topic guides as plain objects, and the two that ship."""
