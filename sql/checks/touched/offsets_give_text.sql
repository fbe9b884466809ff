-- Facts of the documents that one run has written, or has written facts of, whichever run those are of.
WITH touched AS (
    SELECT document_id FROM documents WHERE run_id = $run_id
    UNION SELECT document_id FROM entity_mentions WHERE run_id = $run_id
    UNION SELECT document_id FROM place_mentions WHERE run_id = $run_id
    UNION SELECT document_id FROM figures WHERE run_id = $run_id
    UNION SELECT document_id FROM dates WHERE run_id = $run_id
    UNION SELECT document_id FROM claims WHERE run_id = $run_id
),
documents AS (FROM documents SEMI JOIN touched USING (document_id))
-- whole
