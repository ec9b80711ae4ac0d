"""The OpenAPI document of version 1, from what views declare."""
