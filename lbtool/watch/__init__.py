"""What has changed under some paths: batches of files that were saved, and are gone.

`Watcher` puts the parts together and is all that others use; `snapshot` compares files,
`changes` knows the quiet period, `roots` the names, `events` the kernel. Building what
has changed is not here.
"""

from lbtool.watch.changes import Changes, Settings
from lbtool.watch.watcher import Watcher

__all__ = ["Changes", "Settings", "Watcher"]
