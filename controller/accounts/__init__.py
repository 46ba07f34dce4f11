"""The vocabulary of who is asking: an actor, their roles and what each role may do."""
