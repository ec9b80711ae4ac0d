"""What a value is: vocabularies, vague dates, languages. Pure; no tables, nothing of ours above."""
