"""What an installation needs, one module for each part of it; nothing here changes anything."""
