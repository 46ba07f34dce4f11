"""Carries an approved plan out: the gate, canary and rollout, one device at a time, takeover and
taking back. What a plan is, who may approve it and how a device is spoken to live elsewhere.
"""
