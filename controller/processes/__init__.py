"""The office manual as data, and what may happen next in a case: steps, who may, who must sign.

Pure: a case comes in as a value, a new value or a refusal goes out. Storing is `store`'s work.
"""
