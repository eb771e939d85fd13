"""Small integer codes shared by the modules of the compiler core."""

# ---- outcome of a scan or a generation step
OK = 0
INVALID = 1
UNSUPPORTED = 2
RESTART = 3  # a buffer is too small: `Function.grow` or `Generator.grow`, then run again
