"""Protocol clocks and slashing rules: pure and exact; the time of a request is an argument."""
