"""Measuring programs: not part of the product, run by hand."""
