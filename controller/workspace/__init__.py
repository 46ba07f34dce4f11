"""The git folder of YAML, CSV and templates that says what should be: find, read, check, create it.

Reading gives one frozen `Workspace`, or every problem at once, each with file, line and column.
What the values mean is `inventory`'s and `settings`' business; rendering templates is `plans`'.
"""
