"""The yearly evaluation of the network, added up from what was measured; what was not is told."""
