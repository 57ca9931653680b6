"""What a note says in words: title, byline, abstract, reference."""
