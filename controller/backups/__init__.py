"""Configurations kept of a device: its versions, and two of them side by side."""
