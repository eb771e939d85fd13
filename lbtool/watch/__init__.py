"""Files that change: events as hints, a quiet period, and what to build."""
