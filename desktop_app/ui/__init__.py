"""Qt: shows answers, collects wishes."""
