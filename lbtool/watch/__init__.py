"""What has changed under some paths: batches of files that were saved, or are gone.

``watcher`` puts the parts together; ``snapshot`` compares files, ``changes`` knows the
quiet period, ``roots`` the folders, ``events`` the kernel, ``names`` what a module is
called. Building what has changed is not here.
"""
