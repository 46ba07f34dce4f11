"""A device's configuration as a value: read, typed line by line, rendered, compared.

Nothing here opens a socket or knows a vendor; what a vendor's lines look like is a `Dialect`, and
the dialects live beside their devices.
"""
