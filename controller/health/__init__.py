"""Samples and traps to state, alerts and availability; unknown is never taken for well."""
