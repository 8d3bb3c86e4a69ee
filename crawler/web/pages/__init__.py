"""The pages, a file each: a router of functions that read the store and fill a template."""
