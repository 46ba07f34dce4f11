"""The git folder of YAML: find, parse with line numbers, digest, make a new one.

Reading gives one frozen `Workspace`, or every problem at once, each with file, line and column.
What the values mean is `inventory`'s and `settings`' business; rendering templates is `plans`'.
"""
