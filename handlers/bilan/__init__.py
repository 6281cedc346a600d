"""/bilan and /export: figures and files for staff, and the digest of Monday."""
