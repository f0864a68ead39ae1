"""Pure functions from truths to a disposition, its actions and its reasons."""
