"""The command line: the same questions as the pages, without a display. Heavy libraries load where used."""
