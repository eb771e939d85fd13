"""Modules on disk to artifacts: what changed, what was reused, what failed, and why."""
