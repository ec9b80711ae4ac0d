"""HTTP as the API speaks it, by names everybody knows:
pagination, throttling, renderers, exceptions, preconditions.
"""
