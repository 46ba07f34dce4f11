"""Simulated network devices: Cisco IOS over SSH, Arista EOS over eAPI, both also over SNMP.

Here live the devices' behaviour, the faults one can switch on, and the command line that starts
and steers a lab. The lab imports nothing of the code it tests, and the rest of the product knows it
only as a process and a few files.

What a lab does not prove: its answers are the texts that the client libraries (NAPALM, netmiko,
Ansible) expect, written from reading those libraries and the vendors' manuals. They are not
captures from devices. A passing test is evidence about our code, not about IOS or EOS: timing,
memory, parser corners, hardware limits, and every command that the grammar tables do not list are
outside it.
"""
