"""The evaluation report of process 2.8: a year in words, tables and charts, as it was measured."""
