"""What `acces-droits doctor` looks at: each check says what it found and what to do about it, in French."""
