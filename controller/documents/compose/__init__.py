"""Composes every paper of the office as a document of blocks; pure, and knows no file format."""
