"""The REST API at /api/v1: translates HTTP, calls one operation, answers JSON."""
