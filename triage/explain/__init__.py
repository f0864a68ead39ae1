"""Why a result came out, and what would change it: readings of one person's answers, by the reference alone."""
