"""The door for work nobody waits for: takes over runs of dead processes and carries them on.

No decisions and no words for people here; `khaen worker` presents what it yields.
"""
