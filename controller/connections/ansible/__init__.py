"""Ansible as a guest: a playbook runs in a child process that cannot outlive this one.

Only this package imports Ansible and ansible-runner, and only when a playbook is to be run.
"""
