"""The vocabulary of equipment: attributes, units, models, baselines, criteria, specifications."""
