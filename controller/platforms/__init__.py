"""Everything we know about one vendor's operating system, one folder each, and nothing elsewhere.

`registry.PLATFORMS` is the dict of them all. Most of a platform is data: `platform.yaml` (names
elsewhere, capabilities), `normalise.yaml` (volatile lines), `redact.yaml` (secrets).
"""
