"""Tells people: e-mail, chat and webhook by channel, or a file in the var folder."""
