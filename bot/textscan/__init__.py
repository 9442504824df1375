"""Turns a text into a TextView: folding, word lists, patterns; decides nothing."""
