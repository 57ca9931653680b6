"""Names."""
import unicodedata
def casekey(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
