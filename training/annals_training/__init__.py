"""Offline training of the Annals reader: from annotated reports to a model folder."""
