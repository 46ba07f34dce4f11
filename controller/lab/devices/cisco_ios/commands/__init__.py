"""The exec commands of an IOS switch, one module per topic; importing them fills the table."""
