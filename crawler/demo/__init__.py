"""`crawler demo`: the main job seen from end to end, offline and without configuration.

Ring 3. A small portal with our own made-up reports runs on loopback; the real program reads it, a target is edited, and
the alert that comes of it is shown as its reader would see it.
"""

from crawler.demo.play import run_demo

__all__ = ["run_demo"]
