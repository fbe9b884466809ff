"""Source to Article: text, HTML, feeds, JSONL, WARC; cleaning. Bad input becomes a Rejection, never an exception that ends a run.

`sources.read_inputs` is the door for everything; `jsonl.article_from_record` for a record that is already in hand.
"""
