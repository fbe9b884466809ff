-- severity: warning
-- reason: A number is either part of a date or a figure; one that is both is read wrongly once.
SELECT f.figure_id, f.document_id, f.text, d.text AS date_text
FROM figures AS f
JOIN dates AS d ON d.document_id = f.document_id AND d.revision = f.revision AND f.start_char >= d.start_char AND f.end_char <= d.end_char
