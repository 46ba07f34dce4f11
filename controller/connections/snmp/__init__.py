"""Speaks SNMP: polls through one small interface, receives traps, sets values."""
