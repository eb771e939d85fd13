"""Settings of lbtool: command line, environment, files, defaults; in this order."""
