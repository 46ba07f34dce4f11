"""The vocabulary of what the office has: office, people, sites, devices, register rows, selectors.

Frozen values only. Reading them from YAML and CSV is the work of `workspace`.
"""
