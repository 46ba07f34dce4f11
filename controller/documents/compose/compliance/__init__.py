"""What the rules found as papers: the director's report, a page for each school, sheets."""
