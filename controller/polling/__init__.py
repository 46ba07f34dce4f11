"""Polls the devices' health: a cycle from asking to state, alerts and archive; shares the work."""
