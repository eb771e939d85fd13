"""One process per user that keeps builds warm and runs guests in sandboxed children."""
