"""The interview beyond one question after the other."""
