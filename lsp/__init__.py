"""The language server: a thin adapter between the protocol and the service core.

One file per request. Not here: what is answered (``lbtool.service``), how text is read
(``lbtool.wat``), guests and their sandbox (``lbtool.daemon``).
"""
