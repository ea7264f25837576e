"""Kakugen: a static knowledge base that answers back, as a plugin of MkDocs."""
