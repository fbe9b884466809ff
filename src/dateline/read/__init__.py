"""Source to Article: text, HTML, feeds, JSONL, WARC; cleaning. Bad input becomes a Rejection, never an exception that ends a run."""
