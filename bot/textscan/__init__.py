"""Turns a text into a TextView: folding, word lists, patterns; decides nothing."""

from bot.textscan.lists import CompiledLists
from bot.textscan.patterns import PatternError
from bot.textscan.scanner import Scanner

__all__ = ["CompiledLists", "PatternError", "Scanner"]
