-- Texts are signed while they are read, and told apart from those that are compared with others already. The next run signs those of a warehouse anew.
DELETE FROM ops.signatures;
ALTER TABLE ops.signatures ADD COLUMN is_settled BOOLEAN;
COMMENT ON COLUMN ops.signatures.is_settled IS 'Whether ops.copies says what this text is a copy of; not yet between its loading and the end of a run.';
