"""From need to accepted delivery: needs, lint, offers, comparison, acceptance; all of it pure."""
