"""A configuration as a tree of lines: read it, compare it, cut sections out, merge, mend.

Pure, and the same for every platform: how each writes its configuration is its `grammar.yaml`.
"""
