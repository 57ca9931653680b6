"""What stands on our pages as HTML that can do nothing: notes, links, small pieces, templates."""
