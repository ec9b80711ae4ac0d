"""The making of the OpenAPI document: its examples are answers of a tracker made for this."""
