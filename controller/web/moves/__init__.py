"""The moves of a case as forms in dialogs: what each asks for, and the operation it calls."""
