"""What a person can do, one file per verb.

An operation checks permission, reads, asks pure code to decide, writes, and leaves an audit line.
It never formats: that is the doors' work.
"""
