"""The catalogue of playbooks: what each is for, may do and needs; reading and predicting."""
