"""Promises about speed, measured as ratios within one run: an absolute time says more about the machine."""
