"""The manual's forms as data: their fields, filling them in, and what the answers say."""
