"""A page's history as a WARC file (ISO 28500), for any archive tool and for another installation.

write.write    history -> file
read.read      file -> history, everything it claims checked; whatever is wrong is a UsageError in one line
"""
