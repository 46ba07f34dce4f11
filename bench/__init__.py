"""Speed, as ratios measured in one run: `make bench`. Nothing here is part of the product."""
