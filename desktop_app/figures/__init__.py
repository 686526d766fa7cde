"""Pictures without a toolkit: an answer becomes shapes, drawn by ui/charts and written as SVG by report."""
