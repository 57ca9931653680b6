"""Works as bibliography formats: CSL-JSON, BibTeX, BibLaTeX, RIS. Pure: values in, text out.

The pivot is `item.Item`, whose field names are Zotero's (zotero-schema). Each format is one module that says by tables
what its types and fields are called.
"""
