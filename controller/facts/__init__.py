"""The vocabulary of what a device says of itself: answers, identity, measurements, neighbours."""
