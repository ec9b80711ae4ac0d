"""The site for readers: pages of what is published, for any day in the world,
as any edition has it.

It reads the publication through the reader's role and knows neither tables nor the desk.
Nothing on it needs a script.
"""
