"""Views that draw shapes and add zoom, hover and click."""
