"""The language server: a thin adapter between the protocol and the service core."""
