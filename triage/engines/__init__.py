"""Readings that answer: which rules hold for this person?"""
