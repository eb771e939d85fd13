"""Incremental builds: what was compiled before is not compiled again.

A `Builder` turns files into code in a cache and says what changed; `tree.find` finds
the files. Watching files is ``lbtool.watch``, serving many clients ``lbtool.daemon``.
"""

from lbtool.build.builder import Builder, Built
from lbtool.build.options import Options
from lbtool.build.report import FileReport, FunctionChange, Summary

__all__ = ["Builder", "Built", "FileReport", "FunctionChange", "Options", "Summary"]
