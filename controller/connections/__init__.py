"""Speaks with the devices: logs in, asks, loads, commits, confirms; nothing else does.

Every failure of a device or of the line leaves this package as a `DeviceError`. What should be on
a device, whether it may be changed, and what its answers mean for a change is decided elsewhere.
"""
