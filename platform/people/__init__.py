"""Users, organisations, memberships, roles."""
