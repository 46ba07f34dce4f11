"""The vocabulary of what equipment can do: facts about models, as the office's files tell them."""
