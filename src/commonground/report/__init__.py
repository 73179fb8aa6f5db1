"""What a study found, as one document of sentences, tables and figures; no files, no pages."""
