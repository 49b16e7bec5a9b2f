"""The editors' desk under /cms/: what Wagtail shows of the library, kept away from the models."""
