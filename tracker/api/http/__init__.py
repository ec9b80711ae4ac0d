"""HTTP as the API speaks it, by names everybody knows: pagination, renderers, exceptions, preconditions."""
