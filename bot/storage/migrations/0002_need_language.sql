-- The language of a question that was not in French (en, ar, ar-latn …); NULL for French.
ALTER TABLE needs ADD COLUMN language TEXT;
