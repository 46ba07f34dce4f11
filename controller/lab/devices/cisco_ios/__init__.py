"""A Cisco IOS access switch over SSH: its words, its shell, its files, its way back."""
