"""Checkers of Kakugen: what a reader pastes goes in, what broke and what to change comes out."""
