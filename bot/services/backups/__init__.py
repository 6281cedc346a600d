"""Backups: made, checked, kept for some days, and put back."""
