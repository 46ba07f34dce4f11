"""An Arista EOS switch over eAPI: its words, its sessions, its JSON answers."""
