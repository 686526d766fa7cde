"""Questions: one module per question, each a pure function from a portfolio to a frozen answer."""
