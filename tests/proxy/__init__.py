"""The proxy in front: Caddy with deploy/caddy, on loopback. Skipped where there is no caddy."""
