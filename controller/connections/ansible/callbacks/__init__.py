"""What runs inside Ansible itself."""
