"""Cisco IOS and IOS-XE, as data files: names, capabilities, volatile lines, secrets, merges.

No code lives here, and nothing about this platform lives elsewhere.
"""
