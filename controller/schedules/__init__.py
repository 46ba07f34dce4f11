"""When the program works by itself: times as cron writes them, and what is due at a moment."""
