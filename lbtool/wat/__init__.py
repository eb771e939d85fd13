"""The text format: where in the text an instruction of the binary module stands."""
