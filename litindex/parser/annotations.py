"""Highlights."""
from litindex.models import Annotation
from litindex.parser.region import Page
def find_annotations(page: Page, text: str) -> tuple[tuple[Annotation, ...], frozenset[int]]:
    return (), frozenset()
