"""Papers of a procurement: the sheet of a specification, the TOR, the comparison of offers."""
