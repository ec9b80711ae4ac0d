"""Pictures of claims, drawn as SVG by our own hand, and as PNG where a renderer is installed.

A picture is complete in itself (title, day, edition, sources, licence and address are in it) and
the same bytes in every process: no clock, no random names, and widths of text that are estimated,
not measured.
"""
