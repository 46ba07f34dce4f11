"""Khaen: infrastructure as code for an educational service area office.

What the director approved is exactly what reaches the devices, and everyone can prove it later.
"""

__version__ = "0.1.0"
