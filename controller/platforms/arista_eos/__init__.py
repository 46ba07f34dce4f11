"""Arista EOS, as data files: names, capabilities, volatile lines, secrets, merging, safety.

No code lives here, and nothing about this platform lives elsewhere.
"""
