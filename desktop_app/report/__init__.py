"""Paper and files: sentences, content, HTML, SVG, JSON. No Qt."""
