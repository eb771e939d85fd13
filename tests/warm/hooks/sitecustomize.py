"""With this folder on PYTHONPATH every process makes its instances out of images."""

from tests.warm.images_plugin import install

install()
