-- Macros that the marts and users' own SQL share. substr, not text[a:b]: both count code points, but on ASCII text substr is fifteen times faster.

CREATE OR REPLACE MACRO haversine(lat1, lon1, lat2, lon2) AS
    pow(sin(radians(lat2 - lat1) / 2), 2) + cos(radians(lat1)) * cos(radians(lat2)) * pow(sin(radians(lon2 - lon1) / 2), 2);
COMMENT ON MACRO haversine IS 'Part of distance_km: squared half chord between two points on the unit sphere.';

-- atan2 with abs: at the other end of the earth rounding lifts the haversine a hair above 1, where asin and sqrt fail. NULL stays NULL.
CREATE OR REPLACE MACRO distance_km(lat1, lon1, lat2, lon2) AS
    2 * 6371.0088 * atan2(sqrt(haversine(lat1, lon1, lat2, lon2)), sqrt(abs(1 - haversine(lat1, lon1, lat2, lon2))));
COMMENT ON MACRO distance_km IS 'Great-circle distance in kilometres between two points in WGS84 degrees, on a sphere (within 0.6 percent of the ellipsoid).';

CREATE OR REPLACE MACRO excerpt(of_document, first_char, last_char) AS
    (SELECT substr(d.text, first_char + 1, last_char - first_char) FROM documents AS d WHERE d.document_id = of_document AND d.is_current);
COMMENT ON MACRO excerpt IS 'Words of the current revision of a document between two offsets: excerpt(document_id, start_char, end_char). For an older revision join documents.';

CREATE OR REPLACE MACRO approx_text(modifier, written, unit) AS
    concat_ws(' ',
        CASE WHEN modifier NOT ILIKE 'or %' THEN modifier END,
        CASE
            WHEN unit = 'percent' AND NOT regexp_matches(written, '(%|percent|per cent)$') THEN written || '%'
            WHEN unit IN ('count', 'person', 'ratio', 'other', 'year', 'percent') THEN written
            ELSE written || ' ' || unit
        END,
        CASE WHEN modifier ILIKE 'or %' THEN modifier END);
COMMENT ON MACRO approx_text IS 'A figure in the words of the report, hedge included: approx_text(modifier, text, unit) gives "almost 70", "around 20%".';

CREATE OR REPLACE MACRO figure_low(value_min, value_max, approx) AS
    CASE
        WHEN value_min IS NULL THEN CASE WHEN value_max >= 0 THEN 0 ELSE '-infinity'::DOUBLE END
        WHEN approx IN ('about', 'below') THEN value_min - 0.1 * abs(value_min)
        WHEN approx = 'at_most' THEN CASE WHEN value_min >= 0 THEN 0 ELSE '-infinity'::DOUBLE END
        ELSE value_min
    END;
COMMENT ON MACRO figure_low IS 'Lowest value that a statement allows, for finding ranges that do not touch. A convention, not in the text: "about" and "almost" allow 10 percent less.';

CREATE OR REPLACE MACRO figure_high(value_min, value_max, approx) AS
    CASE
        WHEN approx IN ('above', 'at_least') OR value_max IS NULL THEN 'infinity'::DOUBLE
        WHEN approx = 'about' THEN value_max + 0.1 * abs(value_max)
        ELSE value_max
    END;
COMMENT ON MACRO figure_high IS 'Highest value that a statement allows; infinity where it sets no upper end. A convention, not in the text: "about" allows 10 percent more.';

CREATE OR REPLACE MACRO single_day(date_from, date_to) AS
    CASE WHEN date_to > date_from AND date_to - date_from <= INTERVAL 36 HOUR THEN (date_to - INTERVAL 1 MICROSECOND)::DATE END;
COMMENT ON MACRO single_day IS 'The day that an interval of at most 36 hours ends in (a day, a night, the past 24 hours); NULL for longer ones.';

CREATE OR REPLACE MACRO sentence_text(text, first_char, last_char) AS
    substr(text, first_char + 1, last_char - first_char);
COMMENT ON MACRO sentence_text IS 'A sentence by its offsets in the text of its report: sentence_text(text, start_char, end_char).';

CREATE OR REPLACE MACRO says_of_what(kind, item) AS
    item IS NOT NULL OR kind NOT IN ('other', 'distance', 'size', 'age', 'rate_or_share', 'money', 'population');
COMMENT ON MACRO says_of_what IS 'Whether figures of this kind and item can be compared: two distances of nothing in particular are not about one thing.';

-- One CASE, not conditions joined by AND: DuckDB takes each such condition for a filter that keeps a fifth, expects a handful of rows out of a
-- million, and joins them the wrong way round (twice the time).
CREATE OR REPLACE MACRO comparable(negated, known, kind, item) AS
    CASE WHEN negated OR known IS NULL THEN false ELSE says_of_what(kind, item) END;
COMMENT ON MACRO comparable IS 'Whether a figure can stand beside others of its kind: asserted, of something in particular, and with the value or day that is asked for.';

CREATE OR REPLACE MACRO url_words(words) AS
    replace(url_encode(regexp_replace(words, '\s+', ' ', 'g')), '-', '%2D');
COMMENT ON MACRO url_words IS 'Words as they stand in a text directive: hyphens have a meaning of their own there and are encoded too.';

CREATE OR REPLACE MACRO text_fragment(quote) AS
    CASE
        WHEN length(quote) <= 80 THEN url_words(trim(quote))
        ELSE url_words(regexp_extract(quote, '^\s*(\S+(?:\s+\S+){0,5})', 1)) || ',' || url_words(regexp_extract(right(quote, 120), '(\S+(?:\s+\S+){0,5})\s*$', 1))
    END;
COMMENT ON MACRO text_fragment IS 'A sentence as the text directive of a URL fragment (scroll to text): the whole of a short one, else its first and last six words.';

CREATE OR REPLACE MACRO deep_link(url, source, quote) AS
    CASE
        WHEN NOT regexp_matches(coalesce(url, ''), '^https?://[^\s"<>]+$') THEN source
        WHEN quote IS NULL THEN url
        ELSE url || CASE WHEN contains(url, '#') THEN ':~:text=' ELSE '#:~:text=' END || text_fragment(quote)
    END;
COMMENT ON MACRO deep_link IS 'Address that opens a report at a sentence; where there is no http(s) address, the file and line it was read from.';
