"""What an editor asks about a module, answered without protocol, input or output.

Answers are plain records and Markdown, with places as offsets into the text; positions
of a protocol and its messages are made of them in ``lsp/``.
"""
