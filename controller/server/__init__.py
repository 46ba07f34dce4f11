"""Serves the API, the pages, the figures and the embedded worker from one process."""
