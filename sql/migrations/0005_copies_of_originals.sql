-- Copies are paired with originals only: all pairs of thousands of near copies are millions. The next run that loads anything works them out anew.
DELETE FROM ops.copies;
DELETE FROM ops.signatures;

COMMENT ON TABLE ops.copies IS 'Copies with the originals that they resemble, mostly one. documents.copy_of names the first of them. Copies of one original are not paired with each other.';
COMMENT ON COLUMN ops.copies.document_id IS 'The copy.';
COMMENT ON COLUMN ops.copies.other_document_id IS 'An original that it resembles.';
