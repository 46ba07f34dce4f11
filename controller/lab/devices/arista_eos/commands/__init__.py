"""The commands of an EOS switch, one module per topic; importing them fills the table."""
