"""Desired against observed: a plan as a frozen, hashed value, its groups, and whether it is safe.

Pure: rendering is here, but fetching from devices, reading templates and storing are not.
"""
