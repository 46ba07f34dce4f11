"""What the lab's devices say over SNMP: an agent of our own, small enough for 200 in a process."""
