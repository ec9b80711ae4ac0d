"""HTTP as the API speaks it, by the names everybody knows: pages, forms, refusals, conditions, limits."""
