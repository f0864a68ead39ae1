"""Tools for authors and for the tests; nothing a patient runs imports them."""
