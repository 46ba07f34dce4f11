"""The simulated platforms, one package each: grammar, default configuration, answers, protocol."""
