"""Measurements of speed and memory against a yardstick in the same run; no part of the test suite."""
