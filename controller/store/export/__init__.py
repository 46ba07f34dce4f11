"""A whole installation as one file that neither database nor program version is needed to read.

A gzipped tar: rows as lines of JSON, the repository of backups and the kept files as they lie in
the var folder, and at the end a signed list of everything in it.
"""
