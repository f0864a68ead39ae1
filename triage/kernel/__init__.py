"""The words of the domain: truth, scale, answers, diagnostics. Imports only the standard library."""
