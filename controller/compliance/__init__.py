"""Rules over configuration, facts, hardware and process to findings; unknown is never a pass.

Pure: what is known of a device is handed in as `evidence`, and what comes out are `findings`.
"""
